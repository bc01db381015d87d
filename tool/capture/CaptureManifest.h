/// \file
/// What `bootorder capture` leaves for the rest of the tool.
///
/// `DIR/compile_commands.json` is an ordinary compile database of the C units,
/// each with `directory`, `file`, `arguments` and `output`. `DIR/capture.json`
/// adds what a database cannot say; one object:
/// \code
///   "schema"       1; raised when the meaning of a key changes
///   "complete"     false: make failed or was stopped, units may be missing
///   "sourceRoot", "objectRoot"   absolute
///   "kernel"       as the Makefile states it: "2.6.30-rc8", "6.12.117"
///   "arch", "srcArch"            Kbuild's ARCH and SRCARCH
///   "config"       absolute path of the configuration
///   "compiler"     {"command": [words], "kind": "gcc"|"clang", "version"}
///   "wanted"       objects and archives' members that Kbuild links into
///                  vmlinux, relative to objectRoot, sorted
///   "units"        [{"kind": "c"|"asm", "source", "object", "membership":
///                  "builtin"|"module"|"other", "prefix", "in", "arguments"}]
///                  sorted by source, then object
/// \endcode
/// Sources that Kbuild makes of objects are gone after a capture; they are kept
/// in `DIR/generated` and named by their place there.
/// "prefix" and "in" are absent when empty. "arguments" and "directory" stand
/// here for assembly only; C units have theirs in the database.

#ifndef BOOTORDER_TOOL_CAPTURE_CAPTUREMANIFEST_H
#define BOOTORDER_TOOL_CAPTURE_CAPTUREMANIFEST_H

#include "model/Facts.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <optional>
#include <string>
#include <vector>

namespace bootorder {

/// Which program a unit ends up in.
enum class Membership {
  Builtin, ///< vmlinux
  Module,  ///< a loadable module
  Other,   ///< an image of its own: vdso, purgatory, real mode, boot wrapper
};

/// One command that makes an object of a source file.
struct CapturedUnit {
  std::string Directory; ///< where the command runs, absolute
  std::string File;      ///< source, absolute
  std::string Output;    ///< object, relative to the object root if inside
  /// The compiler's words, then its arguments, as Kbuild gave them.
  std::vector<std::string> Arguments;
  UnitKind Kind = UnitKind::C;
  Membership Where = Membership::Builtin;
  /// What objcopy puts before the names of its symbols (`__pi_`); may be empty.
  std::string SymbolPrefix;
  /// Archive or composite object that takes it in, relative to the object
  /// root; empty if unknown.
  std::string PartOf;
  /// Why its command is not known; empty if it is.
  std::string Unreadable = {};
};

enum class CompilerKind { Gcc, Clang };

/// A captured kernel tree.
struct CapturedTree {
  std::string SourceRoot; ///< absolute
  std::string ObjectRoot; ///< absolute; SourceRoot for an in-tree build
  std::string Kernel;     ///< "6.12.117"; empty if unknown
  std::string Arch;       ///< ARCH: "x86_64"
  std::string SrcArch;    ///< SRCARCH: "x86"
  std::string ConfigFile; ///< absolute; empty if there is none
  std::vector<std::string> Compiler; ///< the compiler's words
  CompilerKind Kind = CompilerKind::Gcc;
  std::string CompilerVersion; ///< first line of `--version`; may be empty
  /// Every unit was recorded. A plain compile database counts as complete.
  bool IsComplete = true;
  std::vector<CapturedUnit> Units; ///< sorted by File, then Output
  /// Objects that Kbuild links into vmlinux, relative to ObjectRoot, sorted,
  /// unique; empty if Kbuild did not say.
  std::vector<std::string> WantedObjects;
  /// Response files that commands name, absolute; may repeat.
  std::vector<std::string> ResponseFiles;

  /// \p Path as shown to people: relative to SourceRoot, or else to
  /// ObjectRoot, if it is inside; absolute otherwise.
  std::string displayPath(llvm::StringRef Path) const;
};

/// Makes units of the source \p From, absolute, units of its copy \p To.
void replaceSource(CapturedTree &Tree, llvm::StringRef From,
                   llvm::StringRef To);

/// Sorts units and wanted objects as CapturedTree promises.
void sortTree(CapturedTree &Tree);

/// Writes both files of \p Tree into the folder \p Directory, made if it is
/// not there; each is replaced whole. Errors: path, reason, remedy.
llvm::Error writeCapturedTree(const CapturedTree &Tree,
                              llvm::StringRef Directory);

/// A text and the path it came from, for messages.
struct NamedText {
  std::string Path, Text;
};

/// readCapturedTree() of the contents of `compile_commands.json` and, if there
/// is one, `capture.json`.
llvm::Expected<CapturedTree>
parseCapturedTree(const NamedText &Database,
                  const std::optional<NamedText> &Manifest);

/// Reads what writeCapturedTree() wrote into \p Directory. A folder that only
/// has a `compile_commands.json` gets the rest from the tree it names: see
/// describePlainDatabase().
///
/// Errors: no database, one that is malformed (path, line, column), a manifest
/// of another version; each says to run `bootorder capture`.
llvm::Expected<CapturedTree> readCapturedTree(llvm::StringRef Directory);

/// Fills in \p Tree, which has only units with their arguments: roots from
/// where the Makefile and Kconfig of the sources lie, the version from that
/// Makefile, the architecture from `arch/<name>/include`, the configuration
/// beside the objects, membership from `-DMODULE`.
///
/// Errors: no kernel tree around the sources.
llvm::Error describePlainDatabase(CapturedTree &Tree);

} // namespace bootorder

#endif // BOOTORDER_TOOL_CAPTURE_CAPTUREMANIFEST_H
