"""人民调解: what can be mediated is mediated first, by someone whom both sides trust. “樊九平式”调解联盟 with its 专家库 (甘泉),
“菜单式” choice of a 说事人 inside or outside the menu (延川), 访调结合 with petitions and concerns in one file."""
