#!/usr/bin/env python3
"""Record which functions of a built kernel a boot executes until start_kernel enables interrupts.

usage: boot_trace.py OBJTREE MACHINES.json OUT.tsv OUT.symbols

OBJTREE        build folder of the kernel: vmlinux and the .o and .cmd files beside it
MACHINES.json  {"about": "machines, in words", "qemu": "qemu-system-aarch64", "common": [...],
                "cut": "kmem_cache_init_late", "last": "call_function_init", "physical": [["0x40200000", "_text", "_end"], ...],
                "machines": {"name": ["-M", "virt", ...], ...}}
               "physical" lists where boot code runs before the kernel's own mapping is on:
               the load address of the first symbol, for the code between both symbols.

Each machine boots under QEMU's emulator with `-d in_asm -dfilter`, which logs every block of
instructions when it is first translated, that is, right before it first runs. QEMU is stopped when the
cut function is logged, the first that start_kernel calls with interrupts on. The trace ends before that, when
"last" has returned, the last function that start_kernel calls with interrupts off: the first interrupt can
come between both. OUT.tsv is the union over the machines, in order of first execution.
Columns: order, function, c|asm, child of start_kernel that was running, first machine.
"""
import bisect
import json
import os
import re
import subprocess
import sys
import time

LLVM = os.environ.get("LLVM_SUFFIX", "-19")
MARKER = re.compile(r"^(\$|__cfi_|__pfx_|\.L)")
# Linux copies code that runs before the kernel's mapping is on and prefixes all its symbols (arch/arm64/kernel/pi).
PREFIX, COPY = "__pi_", ".pi.o"
# Trampolines that C files hold as inline assembly.
THUNK = re.compile(r"^(__SCT__|__raw_callee_save_|__x86_)")


def nm(path, kinds="tTwW"):
    out = subprocess.run(["llvm-nm" + LLVM, "--no-sort", path], capture_output=True, text=True, check=True).stdout
    for line in out.splitlines():
        fields = line.split()
        if len(fields) == 3 and fields[1] in kinds and not MARKER.match(fields[2]):
            yield int(fields[0], 16), fields[2], fields[1]


def names_by_language(objtree):
    """Text symbols of the objects made from C, and of those made from assembly.

    Of C code that is prefixed, global functions have the prefix, as assembly calls them, and static ones do not.
    """
    names = {"c": set(), "asm": set()}
    for folder, folders, files in os.walk(objtree):
        if folder == objtree:
            folders[:] = [f for f in folders if f not in ("scripts", "tools", "usr")]
        for name in files:
            if not (name.startswith(".") and name.endswith(".o.cmd")):
                continue
            obj = os.path.join(folder, name[1:-4])
            with open(os.path.join(folder, name), errors="replace") as text:
                source = re.search(r"^source_\S+ := (\S+)", text.read(), re.M)
            if not source or not os.path.exists(obj):
                continue
            language = "asm" if source.group(1).endswith(".S") else "c"
            is_copied = language == "c" and os.path.exists(obj[:-2] + COPY)
            # Code in sections such as .idmap.text looks like data before the link.
            for _, symbol, kind in nm(obj, "tTwWrRdD"):
                names[language].add(PREFIX + symbol if is_copied and kind.isupper() else symbol)
    return names


class Image:
    """The text symbols of vmlinux, and what start_kernel calls."""

    def __init__(self, objtree):
        self.vmlinux = os.path.join(objtree, "vmlinux")
        self.languages = names_by_language(objtree)
        at = {}
        self.address = {}
        self.all_names = set()
        for address, name, kind in nm(self.vmlinux):
            if self.language(name):
                at.setdefault(address, []).append((name, kind))
            self.address.setdefault(name, address)
            self.all_names.add(name)
        every = subprocess.run(["llvm-nm" + LLVM, self.vmlinux], capture_output=True, text=True, check=True).stdout
        for line in every.splitlines():
            fields = line.split()
            if len(fields) == 3:
                self.address.setdefault(fields[2], int(fields[0], 16))
        self.starts = sorted(at)
        self.owner = {address: self.choose(names) for address, names in at.items()}
        self.calls = self.calls_of("start_kernel")

    def plain(self, name):
        """The name without the prefix of copied code, where that only serves the copy."""
        return name if name in self.languages["c"] else name.removeprefix(PREFIX)

    def language(self, name):
        """c or asm, or None for a symbol that only the linker script makes."""
        if THUNK.match(name):
            return "asm"
        plain = self.plain(name)
        stem = re.sub(r"\.(cold|part|isra|constprop|llvm)(\.\d+)?.*$", "", plain)
        for candidate in (name, plain, stem):
            for language in ("c", "asm"):
                if candidate in self.languages[language]:
                    return language
        return None

    def choose(self, names):
        """One name of several at an address, most likely the function and not an alias of it.

        C before assembly, as written before prefixed, static before global before weak, then the plainest.
        """
        best, _ = min(names, key=lambda n: (self.language(n[0]) != "c", n[0] != self.plain(n[0]), "tTwW".index(n[1]),
                                            len(n[0]) - len(n[0].lstrip("_")), n[0]))
        return self.plain(best), self.language(best)

    def function_at(self, address):
        index = bisect.bisect_right(self.starts, address) - 1
        return self.owner[self.starts[index]] if index >= 0 else None

    def calls_of(self, name):
        out = subprocess.run(["llvm-objdump" + LLVM, "-d", "--no-show-raw-insn", "--disassemble-symbols=" + name,
                              self.vmlinux], capture_output=True, text=True, check=True).stdout
        calls = {}
        for line in out.splitlines():
            match = re.match(r"\s*([0-9a-f]+):\s+(?:bl|callq?)\s+0x([0-9a-f]+)", line)
            if match:
                calls[int(match.group(1), 16)] = self.function_at(int(match.group(2), 16))[0]
        return calls


def record(config, image, name, log):
    """Boots one machine until the cut shows in the log. Returns whether it did."""
    cut = "0x%016x" % image.address[config["cut"]]
    first, last = image.address["_text"], image.address["_end"]
    ranges = ["0x%x..0x%x" % (first, last)]
    for base, begin, end in config.get("physical", []):
        base = int(base, 0)
        ranges.append("0x%x..0x%x" % (base, base + image.address[end] - image.address[begin]))
    command = [config["qemu"], *config["common"], *config["machines"][name], "-display", "none", "-monitor", "none",
               "-serial", "file:" + log + ".console", "-no-reboot", "-d", "in_asm", "-dfilter", ",".join(ranges), "-D", log]
    with open(log, "w"):
        pass
    errors = open(log + ".err", "w")
    qemu = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=errors, stderr=errors)
    deadline, reached, position, tail = time.time() + 240, False, 0, b""
    while not reached and time.time() < deadline:
        ended = qemu.poll() is not None
        with open(log, "rb") as text:
            text.seek(position)
            data = text.read()
        position += len(data)
        reached = cut.encode() in tail + data
        tail = (tail + data)[-64:]
        if ended:
            break
        time.sleep(0.3)
    if qemu.poll() is None:
        qemu.kill()
    qemu.wait()
    return reached


def translate(config, image, address):
    """The address in the kernel's own mapping of an address that was logged, or None."""
    if image.address["_text"] <= address < image.address["_end"]:
        return address
    for base, begin, end in config.get("physical", []):
        offset = address - int(base, 0)
        if 0 <= offset < image.address[end] - image.address[begin]:
            return image.address[begin] + offset
    return None


def functions(config, image, log):
    """(function, language, child of start_kernel) in order of first execution, up to the cut."""
    cut = image.address[config["cut"]]
    child, seen = "before start_kernel", set()
    with open(log, errors="replace") as lines:
        for line in lines:
            match = re.match(r"0x([0-9a-f]{8,16}):", line)
            address = translate(config, image, int(match.group(1), 16)) if match else None
            if address is None:
                continue
            if address == cut or (child == config["last"] and image.function_at(address)[0] == "start_kernel"):
                return
            function = image.function_at(address)
            if function and function not in seen:
                seen.add(function)
                yield (*function, child)
            if address in image.calls:
                child = image.calls[address]


def main(objtree, machines, out_tsv, out_symbols):
    with open(machines) as text:
        config = json.load(text)
    image = Image(objtree)
    logs = os.environ.get("LOGS", "logs")
    os.makedirs(logs, exist_ok=True)
    rows, order = {}, []
    for name in config["machines"]:
        log = os.path.join(logs, name + ".log")
        done = log + ".done"
        if not os.path.exists(done):
            if not record(config, image, name, log):
                print(f"{name}: did not reach {config['cut']}, left out", file=sys.stderr)
                continue
            open(done, "w").close()
        count = new = 0
        for function, language, child in functions(config, image, log):
            count += language == "c"
            if function not in rows:
                new += language == "c"
                rows[function] = (language, child, name)
                order.append(function)
        print(f"{name}: {count} C functions, {new} new", file=sys.stderr)
    with open(out_tsv, "w") as out:
        out.write(f"# Functions executed before interrupts are on, union over {config['about']}; "
                  "columns: order, function, c|asm, child of start_kernel, first machine\n")
        for number, function in enumerate(order, 1):
            out.write("\t".join([str(number), function, *rows[function]]) + "\n")
    with open(out_symbols, "w") as out:
        names = image.all_names | {image.plain(n) for n in image.all_names if image.plain(n) in image.languages["c"]}
        out.writelines(name + "\n" for name in sorted(names))
    print(f"{len(order)} functions, {sum(r[0] == 'c' for r in rows.values())} of them C", file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
