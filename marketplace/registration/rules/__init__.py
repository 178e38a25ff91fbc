"""Pure rules of registration: kinds, states, the interview, names, the printed form."""
