"""台账的表格: workbooks that come into a register, with the wrong rows going back marked, and registers taken out as workbooks."""
