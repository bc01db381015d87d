/// \file
/// Writes seeds in our binary formats:
///
///     bootorder_fuzz_seeds SEEDS OUT
///
/// makes OUT/facts, OUT/phase-map and OUT/cache of SEEDS/facts/*.c, a unit each
/// with the headers beside it. Checksums stand outside of what the targets read,
/// and bodies are not packed, so that a fuzzer can change them.

#include "extract/Extract.h"
#include "store/CacheInputs.h"
#include "store/FactsCodec.h"
#include "store/FileMemo.h"
#include "store/PhaseMapFile.h"
#include "store/TreeSnapshot.h"
#include "store/UnitEntry.h"
#include "support/Files.h"
#include "tool/driver/AnswerCodec.h"
#include "tool/driver/MemoryHeaders.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace bootorder;
using llvm::StringRef;

namespace {

struct Parsed {
  std::string Name; ///< of the file, without extension
  TuFacts Unit;
  std::vector<HeaderFacts> Headers;
};

const llvm::ExitOnError OrExit("bootorder_fuzz_seeds: error: ");

Parsed parse(StringRef File) {
  ExtractRequest Request;
  Request.Directory = llvm::sys::path::parent_path(File).str();
  Request.SourceRoot = Request.Directory;
  Request.File = File.str();
  Request.Output = (llvm::sys::path::stem(File) + ".o").str();
  Request.Arguments = {"--target=x86_64-linux-gnu", "-std=gnu11", "-I."};
  MemoryHeaders Headers;
  ExtractResult Result = OrExit(
      extractUnit(Request, &Headers, llvm::vfs::getRealFileSystem()));
  return {llvm::sys::path::stem(File).str(), std::move(Result.Facts),
          Headers.take()};
}

/// All of \p SEEDS/facts, by name.
std::vector<Parsed> parseAll(StringRef Seeds) {
  std::vector<std::string> Files;
  std::error_code Why;
  for (llvm::sys::fs::directory_iterator At(Seeds + "/facts", Why), End;
       At != End && !Why; At.increment(Why))
    if (StringRef(At->path()).ends_with(".c"))
      Files.push_back(At->path());
  llvm::sort(Files);
  std::vector<Parsed> Units;
  for (const std::string &File : Files)
    Units.push_back(parse(File));
  return Units;
}

class SeedFolder {
public:
  SeedFolder(StringRef Out, StringRef Target)
      : Folder((Out + "/" + Target).str()) {
    OrExit(makeFolder(Folder));
  }
  void write(StringRef Name, StringRef Bytes) const {
    OrExit(writeFile((Folder + "/" + Name).str(), Bytes));
  }

private:
  std::string Folder;
};

void writeFacts(const std::vector<Parsed> &Units, const SeedFolder &Out) {
  for (const Parsed &U : Units) {
    std::string File = encodeUnit(U.Unit, U.Headers);
    std::vector<uint8_t> Body = OrExit(unwrapBody(File));
    Out.write(U.Name, {reinterpret_cast<const char *>(Body.data()),
                       Body.size()});
    Out.write(U.Name + "-whole", File);
  }
}

/// One of each table of the format.
PhaseMap smallMap(const Parsed &Like) {
  PhaseMap Map;
  Map.Kernel = "6.12.1";
  Map.Arch = "x86";
  Map.Constants = {{"WAIT", -16}};
  MapStep Step;
  Step.Function = "start_kernel";
  Step.Place = {"init/main.c", 7, 2};
  Map.Steps = {Step};
  Map.Milestones = {{"ready", 1, 0}};
  MapValue Several, Bits;
  Several.Numbers = {-1, 4};
  Bits.Ones = 1;
  Map.Globals = {"state"};
  Map.Changes = {{0, 0, Several}};
  MapFrame First, Second;
  First.Function = "start_kernel";
  Second.Caller = 0;
  Second.Place = {"mm/b.c", 3, 4};
  Map.Frames = {First, Second};
  Map.Functions = {{"run", "mm/b.c", {{{Bits}, {{0, 3}}, 1}}}};
  Map.Effects = {{"alloc", "waits", "schedule", 1, 0x10, {{0, 2}}}};
  Map.Files = {{"mm/b.c", 2}};
  Map.Shared = Like.Unit;
  return Map;
}

CacheVariant smallVariant() {
  CacheVariant V;
  V.Inputs.Files = {{"/usr/a.h", PathRoot::Outside, InputKind::Content, 7},
                    {"include/b.h", PathRoot::Source, InputKind::Absent, 0}};
  V.Entry = {3, 4};
  return V;
}

Answer smallAnswer() {
  Answer A;
  A.Constants = {{"WAIT", 16}};
  A.Extents["init/main.c"] = {{"start_kernel", 10, 300}};
  Finding F;
  F.Rule = "early-sink";
  F.Path = {WitnessFrame()};
  F.RootPaths = {{"start", {WitnessFrame()}}};
  A.Result.Findings = {F};
  A.Result.Steps = {{F.Step, false, 2, {"ready"}}};
  return A;
}

void writeCache(const std::vector<Parsed> &Units, const SeedFolder &Out) {
  auto Body = [](char Kind, const std::string &Bytes) {
    return std::string(1, Kind) + Bytes;
  };
  Out.write("manifest", Body(0, encodeManifest({smallVariant()})));
  const Parsed &U = Units.front();
  Out.write("entry", Body(1, encodeUnitEntry(U.Unit, U.Headers, {{7, {1, 2}}},
                                             Digest())));
  Out.write("text", Body(2, encodeTextEntry({"a text", Digest()})));
  FileMemo Memo;
  Memo.add("/a/b.h", FileStamp{1, 2, 3, 4}, Digest{5, 6}, clockNow());
  Out.write("memo", Body(3, Memo.encode()));
  Out.write("answer", Body(4, encodeAnswer(smallAnswer())));
  FactsSet Set;
  Set.Units = {U.Unit};
  Set.Headers = U.Headers;
  Out.write("tree", encodeSnapshot(Digest(), SnapshotIndex(), Set, 1));
}

} // namespace

int main(int Count, char **Words) {
  if (Count != 3) {
    llvm::errs() << "usage: bootorder_fuzz_seeds SEEDS OUT\n";
    return 2;
  }
  llvm::SmallString<128> Seeds(Words[1]);
  OrExit(llvm::errorCodeToError(llvm::sys::fs::make_absolute(Seeds)));
  std::vector<Parsed> Units = parseAll(Seeds);
  if (Units.empty()) {
    llvm::errs() << "bootorder_fuzz_seeds: error: no C file in '" << Seeds
                 << "/facts'\n";
    return 2;
  }
  writeFacts(Units, {Words[2], "facts"});
  SeedFolder Maps(Words[2], "phase-map");
  Maps.write("small", StringRef(encodePhaseMap(smallMap(Units.front())))
                          .drop_front(32));
  writeCache(Units, {Words[2], "cache"});
  return 0;
}
