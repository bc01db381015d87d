#include "tool/driver/DumpFacts.h"

#include "model/FactsPrinter.h"
#include "store/FactsFile.h"
#include "support/Error.h"
#include "support/Paths.h"
#include "tool/driver/TreeCache.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace bootorder {

static void printHeaders(ArrayRef<HeaderFacts> Headers) {
  for (const HeaderFacts &Header : Headers) {
    outs() << '\n';
    printFacts(Header, outs());
  }
}

static Error dumpStored(StringRef File) {
  Expected<FactsFile> Stored = readFactsFile(File);
  if (!Stored)
    return Stored.takeError();
  if (Stored->Unit)
    printFacts(*Stored->Unit, outs());
  printHeaders(Stored->Headers);
  return Error::success();
}

/// The first command for \p File, which may be absolute, relative to here or
/// relative to the kernel root.
static const ExtractRequest *findRequest(const TreeUnits &Units,
                                         StringRef File) {
  SmallString<256> Here;
  sys::fs::current_path(Here);
  std::string FromHere = absolutePath(File, Here);
  std::string FromRoot = absolutePath(File, Units.Tree.SourceRoot);
  for (const ExtractRequest &Request : Units.Requests) {
    std::string Source = absolutePath(Request.File, Request.Directory);
    if (Source == FromHere || Source == FromRoot)
      return &Request;
  }
  return nullptr;
}

/// \p File alone, with all header functions it uses.
static Error dumpSource(TreeUnits Units, StringRef Directory, StringRef File,
                        TreeCache *Cache) {
  const ExtractRequest *Request = findRequest(Units, File);
  if (!Request)
    return makeError("no command for '" + File +
                     "' among the units of vmlinux in the compile database of "
                     "'" +
                     Directory + "'; name a source as it does");
  Expected<ExtractedUnits> Extracted =
      extractAll(*Request, extractSource, /*Threads=*/1, {}, Cache);
  if (!Extracted)
    return Extracted.takeError();
  if (Extracted->Units.empty())
    return makeError("cannot parse '" + File +
                     "': " + Extracted->Lost.front().Reason);
  printFacts(Extracted->Units.front(), outs());
  printHeaders(Extracted->Headers);
  return Error::success();
}

void dumpFacts(const AnalysisOptions &Options, StringRef File,
               CommandResult &Result) {
  if (sys::path::extension(File) == ".facts") {
    if (Error E = dumpStored(File))
      Result.fail(ExitStatus::InternalError, std::move(E));
    return;
  }
  Expected<TreeUnits> Units = readTreeUnits(Options.Directory);
  if (!Units)
    return Result.fail(ExitStatus::UsageError, Units.takeError());
  Expected<std::unique_ptr<TreeCache>> Cache = openCache(Options);
  if (!Cache)
    return Result.fail(ExitStatus::UsageError, Cache.takeError());
  if (Error E =
          dumpSource(std::move(*Units), Options.Directory, File, Cache->get()))
    Result.fail(ExitStatus::UsageError, std::move(E));
  closeCache(Cache->get(), Options);
}

} // namespace bootorder
