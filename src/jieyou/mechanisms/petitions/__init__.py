"""信访: a petition is registered, sent to who must answer it, answered in time and in writing, reviewed twice at most; what can be
mediated is mediated first; accusations stay sealed; leaders receive people every day by a published rota."""
