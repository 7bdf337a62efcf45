"""转出件: a matter that another door answers (12345、信访、调解、人民建议、政府常务会议), with an owner and a clock, until it is answered."""
