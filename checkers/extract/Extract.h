//===- Extract.h - one translation unit in, its facts out -----------------===//

#ifndef BOOTORDER_EXTRACT_EXTRACT_H
#define BOOTORDER_EXTRACT_EXTRACT_H

#include "extract/PreludeReplay.h"
#include "model/Facts.h"
#include "llvm/ADT/IntrusiveRefCntPtr.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/VirtualFileSystem.h"
#include <string>
#include <vector>

namespace bootorder {

/// Header functions whose facts exist already, shared by all workers.
///
/// A worker that meets an unclaimed key parses that body and publishes the
/// facts; others skip the body. Publishing twice is harmless: equal keys give
/// equal facts. All members may be called from any thread.
class HeaderRegistry {
public:
  virtual ~HeaderRegistry();
  /// Whether the facts of \p Key have been published.
  virtual bool isKnown(uint64_t Key) const = 0;
  /// Keeps \p Facts unless its key is known already.
  virtual void publish(HeaderFacts Facts) = 0;
};

class Prelude;

/// An error unless the headers that belong to Clang itself (`stdarg.h`) are
/// where parsing will look for them: beside this program (`bin/../lib/clang`),
/// else with the Clang that it was built with.
llvm::Error requireClangHeaders();

struct ExtractRequest {
  std::string Directory;  ///< where the command runs
  std::string File;       ///< source, absolute or relative to Directory
  std::string Output;     ///< object, for TuFacts::Output
  std::string SourceRoot; ///< kernel root: locations are relative to it
  /// Arguments for Clang: without program name, file, -c and -o.
  std::vector<std::string> Arguments;
  UnitKind Kind = UnitKind::C;
  /// Headers parsed already, of commands like this; null: parse all.
  std::shared_ptr<const Prelude> With;
};

struct ExtractCounts {
  unsigned HeaderBodiesSkipped = 0;
  unsigned HeaderBodiesExtracted = 0;
};

struct ExtractResult {
  TuFacts Facts;
  ExtractCounts Counts;
  /// Headers of the prelude that the facts rest on, absolute and sorted; the
  /// file system was not asked for them. Empty after a plain parse.
  std::vector<std::string> PreludeFiles;
  /// Why the prelude cannot be used, if so. There is nothing else then.
  Conflict Refused;
};

/// Parses one unit and lowers it to facts.
///
/// With a prelude the facts are the same as without one: a unit for which they
/// might differ is refused.
/// Errors Clang recovers from end up in TuFacts::Notes. An Error is returned
/// when nothing can be said: file not found, fatal error, parser crash.
/// \p Headers may be null: every header function is then published nowhere
/// and its key is listed only. Safe to call from several threads.
llvm::Expected<ExtractResult>
extractUnit(const ExtractRequest &Request, HeaderRegistry *Headers,
            llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files);

/// Values of macros and enumerators as Clang sees them in \p Like's tree.
struct NamedConstant {
  std::string Name;
  std::string Header; ///< included before evaluating: `linux/gfp.h`
};

using ConstantList = std::vector<std::pair<std::string, int64_t>>;

/// Evaluates \p Names with the flags of \p Like; names that the tree does not
/// have are left out. The result is in the order of \p Names.
llvm::Expected<ConstantList>
evaluateConstants(const ExtractRequest &Like,
                  const std::vector<NamedConstant> &Names,
                  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files);

} // namespace bootorder

#endif
