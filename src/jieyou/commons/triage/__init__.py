"""研判助手: category, similar concerns, routing and reading aids for 综合研判. It proposes; a person decides."""
