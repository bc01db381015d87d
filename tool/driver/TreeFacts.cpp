#include "tool/driver/TreeFacts.h"

#include "store/FactsSet.h"
#include "support/Error.h"
#include "support/Files.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace bootorder {

static std::string inFolder(StringRef Directory, StringRef Name) {
  SmallString<256> Path(Directory);
  sys::path::append(Path, Name);
  return Path.str().str();
}

static std::string descriptionFile(StringRef Directory) {
  return inFolder(Directory, "tree.json");
}

static std::string shardFile(StringRef Directory) {
  return inFolder(Directory, "shard.json");
}

void sortLost(std::vector<LostUnit> &Lost) {
  llvm::sort(Lost, [](const LostUnit &A, const LostUnit &B) {
    return std::tie(A.Unit, A.Output, A.Reason) <
           std::tie(B.Unit, B.Output, B.Reason);
  });
}

static Error removeOld(const std::string &File) {
  if (std::error_code Code = sys::fs::remove(File))
    return makeError("cannot replace '" + File +
                     "': " + StringRef(Code.message()).lower() +
                     "; check the permissions of the folder");
  return Error::success();
}

Error writeTreeFacts(const TreeFacts &Facts, StringRef Directory) {
  if (Error E = makeFolder(Directory))
    return E;
  std::string File = descriptionFile(Directory);
  if (Error E = removeOld(File))
    return E;
  if (Error E = removeOld(shardFile(Directory)))
    return E;
  if (Error E = writeFactsSet(Directory, Facts.Units, Facts.Headers))
    return E;
  if (Facts.Shard)
    if (Error E = writeFile(shardFile(Directory), describeShard(*Facts.Shard)))
      return E;
  return writeFile(File, describeTree(Facts));
}

/// What the folder says of its being a part; nothing if it does not.
static Error readShard(StringRef Directory, std::optional<ShardNote> &Shard) {
  std::string File = shardFile(Directory);
  if (!sys::fs::exists(File))
    return Error::success();
  Expected<std::string> Text = readFile(File);
  if (!Text)
    return Text.takeError();
  Expected<ShardNote> Note = parseShardNote(*Text);
  if (!Note)
    return withContext(Note.takeError(), File);
  Shard = std::move(*Note);
  return Error::success();
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
  if (Error E = readShard(Directory, Facts.Shard))
    return std::move(E);
  Expected<FactsSet> Set = readFactsSet(Directory);
  if (!Set)
    return Set.takeError();
  Facts.Units = std::move(Set->Units);
  Facts.Headers = std::move(Set->Headers);
  return Facts;
}

} // namespace bootorder
