"""Records of Internet outages in, a searchable site out.

Layers, and imports only go down: model, read, check, derive, render. ``fetch`` is a side door
that may use model and read. ``build``, ``site``, ``freeze`` and ``__main__`` stand on the roof.
"""
