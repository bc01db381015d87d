#!/usr/bin/env python3
"""Write an initial ramdisk of zeros with a boot configuration at its end (Documentation/admin-guide/bootconfig.rst).

usage: make_initrd.py OUT
"""
import struct
import sys

TEXT = b'kernel {\n  loglevel = 7\n  trace_buf_size = 1M\n}\ninit.splash = off\nftrace.event.initcall.enable\n\0'
TEXT += b"\0" * (-len(TEXT) % 4)
with open(sys.argv[1], "wb") as out:
    out.write(b"\0" * 16384 + TEXT + struct.pack("<II", len(TEXT), sum(TEXT) & 0xffffffff) + b"#BOOTCONFIG\n")
