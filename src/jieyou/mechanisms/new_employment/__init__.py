"""新就业群体: couriers, riders and drivers report to the community they live or work in (“引导新就业群体从业人员到社区报到”);
the community checks it, and from then on knows whom to invite, to help and to ask."""
