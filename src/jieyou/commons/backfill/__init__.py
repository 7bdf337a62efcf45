"""补录台账: the running ledger and the past meetings of an office come in from its own Excel workbooks, at any stage, as told."""
