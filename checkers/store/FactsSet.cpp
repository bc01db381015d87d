//===- FactsSet.cpp - the facts of a whole tree in a folder ---------------===//

#include "store/FactsSet.h"
#include "store/FactsFile.h"
#include "support/Error.h"
#include "support/Files.h"
#include "support/Json.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/ThreadPool.h"
#include <functional>

using namespace bootorder;
using llvm::StringRef;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

namespace {

constexpr int64_t IndexFormat = 1;

std::string inFolder(StringRef Directory, StringRef File) {
  llvm::SmallString<128> Path(Directory);
  path::append(Path, File);
  return Path.str().str();
}

/// Runs \p Job for 0 .. Count-1 on \p Threads threads. The errors of all jobs,
/// in their order, whichever thread came first.
llvm::Error forEachIndex(size_t Count, unsigned Threads,
                         llvm::function_ref<llvm::Error(size_t)> Job) {
  std::vector<std::string> Messages(Count); // each job fills its own slot
  llvm::DefaultThreadPool Pool(llvm::hardware_concurrency(Threads));
  for (size_t I = 0; I < Count; ++I)
    Pool.async([&Messages, Job, I] {
      if (llvm::Error E = Job(I))
        Messages[I] = llvm::toString(std::move(E));
    });
  Pool.wait();
  llvm::erase_if(Messages, [](const std::string &M) { return M.empty(); });
  if (Messages.empty())
    return llvm::Error::success();
  return makeError(llvm::join(Messages, "\n"));
}

/// One file of the set, its contents still to be encoded.
struct PlannedFile {
  std::string Name; ///< relative to the folder, with forward slashes
  const TuFacts *Unit = nullptr;
  std::vector<const HeaderFacts *> Headers; ///< if no unit
};

/// `units/OUTPUT.facts`, kept inside the folder whatever Output is, in UTF-8
/// as the index has to be.
std::string unitFileName(StringRef Output, llvm::StringSet<> &Taken) {
  std::string Name = "units";
  llvm::SmallVector<StringRef, 16> Parts;
  std::string Text = llvm::json::fixUTF8(Output);
  StringRef(Text).split(Parts, '/', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  for (StringRef Part : Parts)
    Name += ("/" + (Part == ".." ? StringRef("__") : Part)).str();
  std::string Unique = Name;
  for (unsigned N = 2; !Taken.insert(Unique).second; ++N)
    Unique = Name + "~" + llvm::utostr(N);
  return Unique + ".facts";
}

std::vector<PlannedFile> planUnits(const std::vector<TuFacts> &Units) {
  std::vector<const TuFacts *> Sorted;
  for (const TuFacts &U : Units)
    Sorted.push_back(&U);
  llvm::sort(Sorted, [](const TuFacts *A, const TuFacts *B) {
    return std::tie(A->Source, A->Output, A) <
           std::tie(B->Source, B->Output, B);
  });
  std::vector<PlannedFile> Plan;
  llvm::StringSet<> Taken;
  for (const TuFacts *U : Sorted)
    Plan.push_back({unitFileName(U->Output, Taken), U, {}});
  return Plan;
}

std::vector<PlannedFile> planHeaders(const std::vector<HeaderFacts> &Headers) {
  std::vector<const HeaderFacts *> Sorted;
  for (const HeaderFacts &H : Headers)
    Sorted.push_back(&H);
  llvm::sort(Sorted, [](const HeaderFacts *A, const HeaderFacts *B) {
    return std::tie(A->Key, A) < std::tie(B->Key, B);
  });
  std::vector<PlannedFile> Plan;
  for (const HeaderFacts *H : Sorted) {
    std::string Name =
        llvm::formatv("headers/{0:x-2}.facts", H->Key >> 56).str();
    if (Plan.empty() || Plan.back().Name != Name)
      Plan.push_back({Name, nullptr, {}});
    std::vector<const HeaderFacts *> &Pack = Plan.back().Headers;
    if (Pack.empty() || Pack.back()->Key != H->Key)
      Pack.push_back(H);
  }
  return Plan;
}

llvm::Error writePlanned(StringRef Directory, const PlannedFile &File) {
  std::string Path = inFolder(Directory, File.Name);
  if (llvm::Error E = makeFolder(path::parent_path(Path)))
    return E;
  return writeFile(Path, File.Unit ? encodeUnit(*File.Unit)
                                   : encodeHeaders(File.Headers));
}

/// Names of the files of a set, relative to its folder.
struct Index {
  std::vector<std::string> Units;
  std::vector<std::string> Headers;
};

std::string indexText(const std::vector<PlannedFile> &Units,
                      const std::vector<PlannedFile> &Headers) {
  llvm::json::Array UnitList, HeaderList;
  for (const PlannedFile &U : Units)
    UnitList.push_back(llvm::json::Object{{"file", U.Name},
                                          {"output", jsonText(U.Unit->Output)},
                                          {"source", jsonText(U.Unit->Source)}});
  for (const PlannedFile &H : Headers)
    HeaderList.push_back(H.Name);
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  OS << llvm::formatv("{0:2}", llvm::json::Value(llvm::json::Object{
                                   {"format", IndexFormat},
                                   {"headers", std::move(HeaderList)},
                                   {"units", std::move(UnitList)}}))
     << "\n";
  return Text;
}

/// Whether \p Name stays inside the folder it is relative to.
bool isInsideName(StringRef Name) {
  llvm::SmallVector<StringRef, 16> Parts;
  Name.split(Parts, '/');
  return !path::is_absolute(Name) && !llvm::is_contained(Parts, "..");
}

/// \p IsAnyFormat: to remove an older set; the names are where they ever were.
llvm::Expected<Index> readIndex(StringRef Directory, bool IsAnyFormat = false) {
  std::string Path = inFolder(Directory, "index.json");
  if (!fs::exists(Path))
    return makeError("'" + Directory +
                     "' has no index.json: it holds no "
                     "facts, or writing them was interrupted; run 'bootorder "
                     "extract' again");
  llvm::Expected<std::string> Text = readFile(Path);
  if (!Text)
    return Text.takeError();
  auto Bad = [&](const llvm::Twine &Why) {
    return makeError("'" + Path + "' " + Why +
                     "; run 'bootorder extract' "
                     "again");
  };
  llvm::Expected<llvm::json::Value> Value =
      parseJson(*Text, Path, "run 'bootorder extract' again");
  if (!Value)
    return Value.takeError();
  const llvm::json::Object *Root = Value->getAsObject();
  std::optional<int64_t> Format =
      Root ? Root->getInteger("format") : std::nullopt;
  if (!Format || (!IsAnyFormat && *Format != IndexFormat))
    return Bad("is no index of format " + llvm::Twine(IndexFormat));
  const llvm::json::Array *Units = Root->getArray("units");
  const llvm::json::Array *Headers = Root->getArray("headers");
  if (!Units || !Headers)
    return Bad("lists no files");
  Index Out;
  for (const llvm::json::Value &U : *Units) {
    const llvm::json::Object *Unit = U.getAsObject();
    Out.Units.push_back(Unit ? Unit->getString("file").value_or("").str() : "");
  }
  for (const llvm::json::Value &H : *Headers)
    Out.Headers.push_back(H.getAsString().value_or("").str());
  for (StringRef Name : llvm::concat<std::string>(Out.Units, Out.Headers))
    if (Name.empty() || !isInsideName(Name))
      return Bad("names '" + Name + "', which is no file of the set");
  return Out;
}

/// Makes the folder incomplete before anything in it changes, and removes what
/// the set to be written will not replace.
llvm::Error removeOldSet(StringRef Directory) {
  std::string IndexPath = inFolder(Directory, "index.json");
  if (!fs::exists(IndexPath))
    return llvm::Error::success();
  llvm::Expected<Index> Old = readIndex(Directory, /*IsAnyFormat=*/true);
  if (!Old) {
    llvm::consumeError(Old.takeError());
    return makeError("'" + IndexPath +
                     "' belongs to something else than "
                     "facts; name another folder, or remove it");
  }
  fs::remove(IndexPath);
  for (StringRef Name : llvm::concat<std::string>(Old->Units, Old->Headers)) {
    std::string Path = inFolder(Directory, Name);
    if (std::error_code Code = fs::remove(Path))
      return makeError("cannot remove '" + Path + "': " + Code.message() +
                       "; check the permissions of its folder");
  }
  return llvm::Error::success();
}

} // namespace

llvm::Error bootorder::writeFactsSet(StringRef Directory,
                                     const std::vector<TuFacts> &Units,
                                     const std::vector<HeaderFacts> &Headers,
                                     unsigned Threads) {
  if (llvm::Error E = makeFolder(Directory))
    return E;
  if (llvm::Error E = removeOldSet(Directory))
    return E;
  std::vector<PlannedFile> UnitPlan = planUnits(Units);
  std::vector<PlannedFile> HeaderPlan = planHeaders(Headers);
  auto Write = [&](size_t I) {
    return writePlanned(Directory, I < UnitPlan.size()
                                       ? UnitPlan[I]
                                       : HeaderPlan[I - UnitPlan.size()]);
  };
  if (llvm::Error E =
          forEachIndex(UnitPlan.size() + HeaderPlan.size(), Threads, Write))
    return E;
  return writeFile(inFolder(Directory, "index.json"),
                   indexText(UnitPlan, HeaderPlan));
}

llvm::Expected<FactsSet> bootorder::readFactsSet(StringRef Directory,
                                                 unsigned Threads) {
  llvm::Expected<Index> Names = readIndex(Directory);
  if (!Names)
    return Names.takeError();
  FactsSet Set;
  Set.Units.resize(Names->Units.size());
  std::vector<std::vector<HeaderFacts>> Packs(Names->Headers.size());
  auto Read = [&](size_t I) -> llvm::Error {
    bool IsUnit = I < Set.Units.size();
    size_t PackIndex = I - Set.Units.size();
    std::string Path = inFolder(Directory, IsUnit ? Names->Units[I]
                                                  : Names->Headers[PackIndex]);
    llvm::Expected<FactsFile> File = readFactsFile(Path);
    if (!File)
      return File.takeError();
    if (IsUnit != File->Unit.has_value())
      return makeError("'" + Path +
                       "' is not what the index says; extract "
                       "again");
    if (IsUnit)
      Set.Units[I] = std::move(*File->Unit);
    else
      Packs[PackIndex] = std::move(File->Headers);
    return llvm::Error::success();
  };
  if (llvm::Error E =
          forEachIndex(Set.Units.size() + Packs.size(), Threads, Read))
    return E;
  for (std::vector<HeaderFacts> &Pack : Packs)
    std::move(Pack.begin(), Pack.end(), std::back_inserter(Set.Headers));
  auto IsLess = [](const HeaderFacts &A, const HeaderFacts &B) {
    return A.Key < B.Key;
  };
  auto IsSame = [](const HeaderFacts &A, const HeaderFacts &B) {
    return A.Key == B.Key;
  };
  if (!llvm::is_sorted(Set.Headers, IsLess) ||
      std::adjacent_find(Set.Headers.begin(), Set.Headers.end(), IsSame) !=
          Set.Headers.end())
    return makeError("'" + Directory +
                     "' has header functions out of order; "
                     "extract again");
  return Set;
}
