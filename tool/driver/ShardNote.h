//===- ShardNote.h - what makes parts of a tree fit together --------------===//
//
// `shard.json` beside `tree.json` says that a folder holds some shards of a
// tree, and all that must be the same in the others: one object with the
// members below, "inputs" as an object of digests by path.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_TOOL_DRIVER_SHARDNOTE_H
#define BOOTORDER_TOOL_DRIVER_SHARDNOTE_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <map>
#include <string>
#include <vector>

namespace bootorder {

struct ShardNote {
  std::string Program;  ///< version, LLVM, digest of the very program
  std::string Rules;    ///< digest: constants are evaluated for them
  std::string Revision; ///< that git has checked out; empty: unknown, which
                        ///< fits any
  std::string Cut;      ///< digest of the commands and their shards
  int64_t Units = 0;    ///< of the whole tree
  int64_t Of = 0;       ///< number of shards
  std::vector<int64_t> Parts; ///< sorted, unique: which are here
  /// Digests of the files that were read, by absolute path.
  std::map<std::string, std::string> Inputs;

  bool isWhole() const { return int64_t(Parts.size()) == Of; }
};

/// `2, 5 and 7`.
std::string listText(llvm::ArrayRef<int64_t> Numbers);

/// The shards that \p Note lacks, sorted.
std::vector<int64_t> missingParts(const ShardNote &Note);

/// The content of `shard.json`, and back. Errors: what is wrong with it.
std::string describeShard(const ShardNote &Note);
llvm::Expected<ShardNote> parseShardNote(llvm::StringRef Text);

/// Adds the parts and inputs of \p From to \p Into; \p FromName and \p IntoName
/// are their folders, for errors: what differs that must not.
llvm::Error joinNotes(ShardNote &Into, llvm::StringRef IntoName,
                      const ShardNote &From, llvm::StringRef FromName);

} // namespace bootorder

#endif
