//===- TreeFacts.h - all that the later passes know of a tree -------------===//
//
// Facts of its units, and the little beside them that rules and reports ask
// for. Kept in a folder, it replaces the tree: `check --facts` parses nothing.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_TOOL_DRIVER_TREEFACTS_H
#define BOOTORDER_TOOL_DRIVER_TREEFACTS_H

#include "extract/Extract.h"
#include "solve/Ledger.h"
#include "tool/driver/ShardNote.h"
#include "tool/driver/SharedFiles.h"
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace bootorder {

/// What is known of a kernel tree beside its facts.
struct TreeDescription {
  std::string Kernel;     ///< as its Makefile states it: `6.12.117`
  std::string Arch;       ///< SRCARCH: `x86`
  std::string SourceRoot; ///< absolute
  /// CONFIG_ symbols that are y or m, without the prefix; none if the
  /// configuration is not known.
  std::optional<std::vector<std::string>> Config; ///< sorted
  /// False: capture was cut short, so units may be missing unnoticed.
  bool IsCaptureComplete = true;
  int64_t ModuleUnits = 0; ///< left out: not part of vmlinux
  /// What objcopy puts before the symbols of a unit, by object file.
  std::map<std::string, std::string> Prefixes;
  /// How a unit of the boot is parsed: constants are evaluated likewise.
  ExtractRequest Like;
  /// Constants asked for so far, by `header:name`; none: the tree lacks it.
  std::map<std::string, std::optional<int64_t>> Constants;
};

struct TreeFacts {
  TreeDescription Tree;
  std::vector<TuFacts> Units;       ///< sorted by source, then object
  std::vector<HeaderFacts> Headers; ///< sorted by key; all that Units list
  std::vector<LostUnit> Lost;       ///< as sortLost() leaves them
  /// None: these are facts of the whole tree.
  std::optional<ShardNote> Shard;
  // How the facts came about; not kept on disk.
  size_t UnitsWithPrelude = 0;
  std::vector<LostUnit> Refused; ///< parsed plainly in spite of a prelude
  FileDigests Read; ///< headers that this run has parsed, and what they held
};

/// Sorts by unit, then object and reason.
void sortLost(std::vector<LostUnit> &Lost);

/// Writes \p Facts into the folder \p Directory, made if it is not there.
///
/// `tree.json`, which tells a facts folder from any other, goes first and
/// comes back last: an interrupted run leaves a folder that is not taken for a
/// whole one. Errors: a file that cannot be written, with the reason.
llvm::Error writeTreeFacts(const TreeFacts &Facts, llvm::StringRef Directory);

/// Reads back what writeTreeFacts() wrote, be it the whole tree or not.
/// Errors: not a facts folder, or one of another version; the message says how
/// to make one.
llvm::Expected<TreeFacts> readTreeFacts(llvm::StringRef Directory);

/// The description as JSON text, and back.
std::string describeTree(const TreeFacts &Facts);
llvm::Error parseTreeDescription(llvm::StringRef Text, TreeFacts &Facts);

} // namespace bootorder

#endif
