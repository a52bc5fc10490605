"""HTTP only: parse, call one service function, choose status and headers."""
