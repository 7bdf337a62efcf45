"""接口: one route per transition, read off the declarations (`/api/v1/`, inner zone). Holds no business.

``bodies`` makes a pydantic model from a transition's asks · ``cases`` makes a loop's routes · ``build`` puts
them together once at start · ``tell`` turns rows into answers, masked · ``refusals`` turns every refusal into
a sentence · ``keys`` says who asks.
"""
