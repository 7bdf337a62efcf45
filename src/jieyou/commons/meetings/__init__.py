"""会议: the weekly meeting as a first-class object. Its number is given by hand; its decisions ARE the assignments."""
