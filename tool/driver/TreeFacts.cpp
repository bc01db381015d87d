#include "tool/driver/TreeFacts.h"

#include "store/FactsSet.h"
#include "support/Error.h"
#include "support/Files.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace bootorder {

static std::string descriptionFile(StringRef Directory) {
  SmallString<256> Path(Directory);
  sys::path::append(Path, "tree.json");
  return Path.str().str();
}

Error writeTreeFacts(const TreeFacts &Facts, StringRef Directory) {
  if (Error E = makeFolder(Directory))
    return E;
  std::string File = descriptionFile(Directory);
  if (std::error_code Code = sys::fs::remove(File))
    return makeError("cannot replace '" + File +
                     "': " + StringRef(Code.message()).lower() +
                     "; check the permissions of the folder");
  if (Error E = writeFactsSet(Directory, Facts.Units, Facts.Headers))
    return E;
  return writeFile(File, describeTree(Facts));
}

Expected<TreeFacts> readTreeFacts(StringRef Directory) {
  std::string File = descriptionFile(Directory);
  if (!sys::fs::exists(File))
    return makeError("'" + Directory +
                     "' is not a facts folder: it has no 'tree.json'; make one "
                     "with 'bootorder extract -p DIR -o FACTSDIR'");
  Expected<std::string> Text = readFile(File);
  if (!Text)
    return Text.takeError();
  TreeFacts Facts;
  if (Error E = parseTreeDescription(*Text, Facts))
    return withContext(std::move(E), File);
  Expected<FactsSet> Set = readFactsSet(Directory);
  if (!Set)
    return Set.takeError();
  Facts.Units = std::move(Set->Units);
  Facts.Headers = std::move(Set->Headers);
  return Facts;
}

} // namespace bootorder
