"""Truth, measured: pages whose answers were fixed by hand (gold), what the pipeline makes of them, and how often each
field is right. `shegong score` and `make score` are built of this; every release carries the figures (quality.json)."""
