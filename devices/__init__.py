"""What each kind of device can say and be told, and the bytes of it. Pure: no sockets, no clocks, no scenes."""
