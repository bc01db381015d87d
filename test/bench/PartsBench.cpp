/// \file
/// What each part of a run costs, on the tree of a capture folder, or what a
/// unit waits for a phase map, whose path is as the map names it:
///
///   bootorder_bench CAPTURE [--benchmark_filter=REGEX ...]
///   bootorder_bench MAP mm/vmalloc.c [--benchmark_filter=REGEX ...]

#include "extract/HeaderGraph.h"
#include "extract/Prelude.h"
#include "link/Link.h"
#include "model/CanonicalHeaders.h"
#include "solve/Solve.h"
#include "store/FactsFile.h"
#include "store/PhaseMapFile.h"
#include "support/Paths.h"
#include "tool/driver/Analysis.h"
#include "tool/driver/ExtractPool.h"
#include "tool/driver/MemoryHeaders.h"
#include "tool/driver/Pipeline.h"
#include "tool/driver/Preludes.h"
#include "tool/driver/TreeCache.h"
#include "tool/driver/TreeUnits.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <benchmark/benchmark.h>
#include <set>

using namespace bootorder;
using benchmark::State;

namespace {

/// What all benchmarks read.
struct Tree {
  TreeUnits Units;
  Prepared Ready;
};

std::shared_ptr<SharedFiles> sharedFiles() {
  return std::make_shared<SharedFiles>(llvm::vfs::getRealFileSystem());
}

/// A prelude of the headers that most units of \p Units include.
std::shared_ptr<const Prelude> preludeOf(llvm::ArrayRef<ExtractRequest> Units) {
  PreludeOptions Options;
  Options.AreWanted = true;
  PreludeMaker Maker(Units, sharedFiles(), Options, /*Threads=*/1,
                     /*IsLogged=*/false);
  std::vector<size_t> All(Units.size());
  for (size_t I = 0; I != All.size(); ++I)
    All[I] = I;
  std::vector<UnitPrelude> Made(Units.size());
  Maker.make(All, Made);
  std::shared_ptr<const Prelude> Largest;
  for (const UnitPrelude &Of : Made)
    if (Of.Headers && (!Largest || Of.Headers->table().Files.size() >
                                       Largest->table().Files.size()))
      Largest = Of.Headers;
  return Largest;
}

/// What all units include, read as for one prelude.
void headerListing(State &State, const Tree &T) {
  auto Files = sharedFiles();
  auto First = llvm::find_if(T.Units.Requests, [](const ExtractRequest &Unit) {
    return Unit.Kind == UnitKind::C;
  });
  if (First == T.Units.Requests.end()) {
    State.SkipWithError("no C source in the tree");
    return;
  }
  ExtractRequest Like = *First;
  Like.File = Like.Directory + "/bootorder-bench.c";
  size_t Listed = 0;
  for (auto _ : State) {
    std::set<IncludeName> Names;
    for (const ExtractRequest &Unit : T.Units.Requests)
      if (auto Text = llvm::MemoryBuffer::getFile(
              absolutePath(Unit.File, Unit.Directory)))
        for (IncludeName &Name : includesOf((*Text)->getBuffer()))
          Names.insert(std::move(Name));
    std::vector<IncludeName> All(Names.begin(), Names.end());
    auto Graph =
        readHeaders(Like, All, SharedFiles::open(Files, Like.Directory));
    if (Graph)
      Listed += Graph->Headers.size();
    else
      llvm::consumeError(Graph.takeError());
  }
  State.SetItemsProcessed(Listed);
}

void canonicalKeys(State &State, const Tree &T) {
  for (auto _ : State) {
    State.PauseTiming();
    std::vector<TuFacts> Units = T.Ready.Facts.Units;
    std::vector<HeaderFacts> Headers = T.Ready.Facts.Headers;
    State.ResumeTiming();
    canonicaliseHeaders(Units, Headers);
  }
  State.SetItemsProcessed(State.iterations() * T.Ready.Facts.Headers.size());
}

/// A unit that asks for every header of the prelude.
void preludeReplay(State &State, const Tree &T) {
  std::shared_ptr<const Prelude> Headers = preludeOf(T.Units.Requests);
  if (!Headers)
    return State.SkipWithError("the tree has too few units for a prelude");
  size_t Files = Headers->table().Files.size();
  for (auto _ : State) {
    PreludeReplay Replay(Headers->index(),
                         [](uint32_t) { return MacroMeaning(); });
    Replay.start();
    for (uint32_t File = 0; File != Files; ++File)
      Replay.request(File);
    Replay.finish();
    benchmark::DoNotOptimize(Replay.conflict());
  }
  State.SetItemsProcessed(State.iterations() * Files);
}

void encodeFacts(State &State, const Tree &T) {
  size_t Bytes = 0;
  for (auto _ : State)
    for (const TuFacts &Unit : T.Ready.Facts.Units)
      Bytes += encodeUnit(Unit).size();
  State.SetBytesProcessed(Bytes);
}

void decodeFacts(State &State, const Tree &T) {
  std::vector<std::string> Encoded;
  for (const TuFacts &Unit : T.Ready.Facts.Units)
    Encoded.push_back(encodeUnit(Unit));
  size_t Bytes = 0;
  for (auto _ : State)
    for (const std::string &Unit : Encoded) {
      Bytes += Unit.size();
      llvm::cantFail(bootorder::decodeFacts(Unit, "a unit"));
    }
  State.SetBytesProcessed(Bytes);
}

/// All units, none of which has changed.
void cacheLookup(State &State, const Tree &T) {
  llvm::SmallString<128> Folder;
  if (llvm::sys::fs::createUniqueDirectory("bootorder-bench", Folder))
    return State.SkipWithError("no temporary folder can be made");
  CachePlace Place{std::string(Folder), uint64_t(1) << 32};
  Digest Program = programDigest("benchmark");
  llvm::ArrayRef<ExtractRequest> Units = T.Units.Requests;
  {
    TreeCache Cache(Place, Program);
    llvm::cantFail(extractAll(Units, extractSource, /*Threads=*/1, {}, &Cache));
    Cache.finish(llvm::errs());
  }
  for (auto _ : State) {
    TreeCache Cache(Place, Program);
    MemoryHeaders Headers;
    benchmark::DoNotOptimize(Cache.recallUnits(Units, Headers, /*Threads=*/1));
  }
  State.SetItemsProcessed(State.iterations() * Units.size());
  llvm::sys::fs::remove_directories(Folder);
}

void linkProgram(State &State, const Tree &T) {
  for (auto _ : State)
    benchmark::DoNotOptimize(linkTree(T.Ready.Facts, T.Ready.Rules));
  State.SetItemsProcessed(State.iterations() * T.Ready.Facts.Units.size());
}

void solveProgram(State &State, const Tree &T) {
  Program P = linkTree(T.Ready.Facts, T.Ready.Rules);
  SolveOptions Options = solveOptions(AnalysisOptions(), T.Ready);
  for (auto _ : State)
    benchmark::DoNotOptimize(solve(P, T.Ready.Rules, Options));
}

struct Part {
  const char *Name;
  void (*Run)(State &, const Tree &);
};

const Part Parts[] = {
    {"header listing", headerListing},
    {"canonical keys", canonicalKeys},
    {"prelude replay", preludeReplay},
    {"encode facts", encodeFacts},
    {"decode facts", decodeFacts},
    {"cache look-up", cacheLookup},
    {"link", linkProgram},
    {"solve", solveProgram},
};

/// From the file to what one source needs of it, as once per process.
void loadMap(State &State, llvm::StringRef Map, llvm::StringRef Source) {
  size_t Functions = 0;
  for (auto _ : State) {
    PhaseMapFile File = llvm::cantFail(PhaseMapFile::open(Map));
    Functions = llvm::cantFail(File.mapFor({Source.str()})).Functions.size();
  }
  State.SetLabel(std::to_string(Functions) + " functions");
}

/// The second part of it, as for each unit.
void readMap(State &State, llvm::StringRef Map, llvm::StringRef Source) {
  PhaseMapFile File = llvm::cantFail(PhaseMapFile::open(Map));
  for (auto _ : State)
    benchmark::DoNotOptimize(llvm::cantFail(File.mapFor({Source.str()})));
}

int runMap(llvm::StringRef Map, llvm::StringRef Source) {
  // All mistakes at once: the loops have no place for them.
  llvm::Expected<PhaseMapFile> File = PhaseMapFile::open(Map);
  llvm::Error E =
      File ? File->mapFor({Source.str()}).takeError() : File.takeError();
  if (E) {
    CommandResult().fail(ExitStatus::UsageError, std::move(E));
    return 2;
  }
  using Run = void (*)(State &, llvm::StringRef, llvm::StringRef);
  for (auto [Name, Part] : {std::pair<const char *, Run>("load map", loadMap),
                            {"read map for a unit", readMap}})
    benchmark::RegisterBenchmark(Name, [=, Part = Part](State &State) {
      Part(State, Map, Source);
    })->Unit(benchmark::kMicrosecond);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

int runCapture(llvm::StringRef Directory) {
  AnalysisOptions Options;
  Options.Directory = Directory.str();
  Options.Cache.IsOff = true;
  CommandResult Result;
  llvm::Expected<TreeUnits> Units = readTreeUnits(Options.Directory);
  if (!Units) {
    Result.fail(ExitStatus::UsageError, Units.takeError());
    return 2;
  }
  std::optional<Prepared> Ready = prepare(Options, Result);
  if (!Ready)
    return 2;
  Tree T{std::move(*Units), std::move(*Ready)};
  for (const Part &P : Parts)
    benchmark::RegisterBenchmark(P.Name, [&T, &P](State &State) {
      P.Run(State, T);
    })->Unit(benchmark::kMicrosecond);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

} // namespace

int main(int Count, char **Words) {
  benchmark::Initialize(&Count, Words);
  if (Count == 2)
    return runCapture(Words[1]);
  if (Count == 3)
    return runMap(Words[1], Words[2]);
  llvm::errs() << "usage: bootorder_bench CAPTURE [--benchmark_...]\n"
                  "       bootorder_bench MAP SOURCE [--benchmark_...]\n";
  return 2;
}
