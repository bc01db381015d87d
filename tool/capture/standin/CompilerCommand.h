/// \file
/// Tells Kbuild's `.c -> .o` and `.S -> .o` commands of the kernel from every
/// other use of the compiler (probes, preprocessing, links, user-space parts).
/// Shared by the compiler stand-in and its tests; uses nothing but C++17.

#ifndef BOOTORDER_TOOL_CAPTURE_STANDIN_COMPILERCOMMAND_H
#define BOOTORDER_TOOL_CAPTURE_STANDIN_COMPILERCOMMAND_H

#include <string>
#include <vector>

namespace bootorder {

/// What the stand-in has to do with a command.
enum class CommandKind {
  PassThrough, ///< Not a kernel object: the real compiler runs.
  C,           ///< A kernel `.c -> .o` command: recorded.
  Assembly,    ///< A kernel `.S -> .o` command: recorded.
};

/// The parts of a compiler command that decide what to do with it.
struct CompilerCommand {
  CommandKind Kind = CommandKind::PassThrough;
  /// `-c`: no link.
  bool Compiles = false;
  /// A `.c` or `.S` file, or a text to preprocess, seen with `-D__KERNEL__`,
  /// whatever is made of it: no probe of what the compiler can do.
  bool IsKernelSource = false;
  /// The one source operand as written; empty when there is none or many.
  std::string Source;
  /// The argument of `-o` as written; empty when absent.
  std::string Output;
  /// Where the compiler would write dependencies; empty when it would not.
  std::string DependencyFile;
  /// Options that decide the ELF header of an object (`-m64`, `-march=`,
  /// `--target=`, byte order, ABI), in command order.
  std::vector<std::string> AbiOptions;
};

/// Takes \p Arguments (without the compiler's own name) apart.
///
/// A kernel command compiles (`-c`) exactly one `.c` or `.S` file into an
/// object named `*.o`, with `-D__KERNEL__` among its options. Linear in the
/// number of arguments.
CompilerCommand parseCommand(const std::vector<std::string> &Arguments);

/// The object that Kbuild ends up with when the compiler writes \p Output:
/// 2.6-era Kbuild compiles `dir/.tmp_x.o` and renames it to `dir/x.o`.
std::string finalObject(const std::string &Output);

/// True if \p Path matches one of \p Patterns, shell patterns separated by
/// newlines in which `*` also matches `/`.
bool matchesAnyPattern(const std::string &Path, const std::string &Patterns);

} // namespace bootorder

#endif // BOOTORDER_TOOL_CAPTURE_STANDIN_COMPILERCOMMAND_H
