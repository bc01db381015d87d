"""The end-to-end suite: one behaviour per file, see test/README.md."""

import os
import shutil

import lit.formats

lit_dir = os.path.join(config.source_dir, "test", "lit")

config.name = "bootorder"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".c", ".test"]
config.excludes = ["Inputs"]
config.test_source_root = lit_dir
config.test_exec_root = os.path.join(config.binary_dir, "test", "lit")

# FileCheck, not, count and split-file come from LLVM's own folder.
config.environment["PATH"] = os.pathsep.join(
    [config.llvm_tools_dir, config.environment.get("PATH", os.defpath)]
)
# Messages are compared with C-locale text, without colours.
config.environment["LC_ALL"] = "C"

# All tests share one cache, which starts empty and is not the user's.
config.environment["BOOTORDER_CACHE"] = os.path.join(config.test_exec_root, "cache-of-tests")
shutil.rmtree(config.environment["BOOTORDER_CACHE"], ignore_errors=True)

# `./bootstrap test` installs it; a test that is skipped names it as what is missing.
multitool = os.path.join(config.binary_dir, "npm", "node_modules", ".bin", "sarif-multitool")
if os.path.exists(multitool):
    config.available_features.add("sarif-multitool")

# Programs that some tests are about.
for program in ("dpkg-shlibdeps", "fish", "zsh"):
    if shutil.which(program):
        config.available_features.add(program)

# Debian keeps daemons where only root looks for them. `./bootstrap test` installs Slurm in CI only.
daemons = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
if all(shutil.which(program, path=daemons) for program in ("munged", "sbatch", "slurmctld", "slurmd")):
    config.available_features.add("slurm")

tidy_module = os.path.join(config.binary_dir, "lib", "libBootOrderTidyModule.so")

# "address" or "thread" in a build that is sanitized.
if config.sanitizer:
    config.available_features.add(f"{config.sanitizer}-sanitizer")

config.substitutions += [
    # Longest name first: a substitution is a textual replacement.
    ("%bootorder-cc", os.path.join(config.binary_dir, "libexec", "bootorder", "bootorder-cc")),
    ("%bootorder-check", os.path.join(config.binary_dir, "bin", "bootorder-check")),
    ("%bootorder", os.path.join(config.binary_dir, "bin", "bootorder")),
    ("%build", config.binary_dir),
    ("%clang-tidy-program", config.clang_tidy),
    ("%clang-tidy", f"{config.clang_tidy} -quiet -load={tidy_module}"),
    ("%cmake", config.cmake),
    ("%compare-tidy", f"{config.python} {os.path.join(lit_dir, 'tidy', 'Inputs', 'compare.py')} "
                      f"{os.path.join(config.binary_dir, 'bin', 'bootorder')} {config.clang_tidy} {tidy_module}"),
    ("%compdb", f"{config.python} {os.path.join(lit_dir, 'compdb.py')}"),
    ("%cpack", config.cpack),
    ("%exits", f"{config.python} {os.path.join(lit_dir, 'expect_status.py')}"),
    ("%findings", f"{config.python} {os.path.join(lit_dir, 'findings.py')} "
                  f"{os.path.join(config.binary_dir, 'bin', 'bootorder')}"),
    ("%kernel", os.path.join(lit_dir, "Inputs", "kernel")),
    ("%multitool", multitool),
    ("%python", config.python),
    ("%root", config.source_dir),
    ("%run-clang-tidy", f"{config.python} {config.run_clang_tidy} -quiet -clang-tidy-binary={config.clang_tidy} "
                        f"-load={tidy_module}"),
    ("%tidy-module", tidy_module),
]
