#include "store/FactsCodec.h"
#include "store/FactsFile.h"
#include "store/PhaseMapCodec.h"
#include "store/PhaseMapFile.h"
#include "support/Error.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/xxhash.h"

using namespace bootorder;
using llvm::StringRef;
namespace map = bootorder::store::map;

static constexpr char Remedy[] =
    "; make it again with 'bootorder phase-map -p DIR -o FILE'";

static llvm::Error damaged(StringRef Name, StringRef What) {
  return makeError("the phase map '" + Name + "' " + What + Remedy);
}

llvm::Expected<PhaseMapFile> PhaseMapFile::open(StringRef Path) {
  if (!llvm::sys::fs::exists(Path))
    return makeError("no phase map '" + Path +
                     "'; make it with 'bootorder phase-map -p DIR -o FILE'");
  auto Buffer = llvm::MemoryBuffer::getFile(Path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!Buffer)
    return makeError("cannot read '" + Path +
                     "': " + StringRef(Buffer.getError().message()).lower() +
                     "; check its permissions");
  return read(std::move(*Buffer), Path);
}

llvm::Expected<PhaseMapFile>
PhaseMapFile::read(std::unique_ptr<llvm::MemoryBuffer> Bytes, StringRef Name) {
  StringRef All = Bytes->getBuffer();
  if (!All.starts_with(PhaseMapMagic))
    return makeError("'" + Name + "' is no phase map" + Remedy);
  if (All.size() < PhaseMapHeaderSize)
    return damaged(Name, "is cut short");
  namespace endian = llvm::support::endian;
  if (endian::read32le(All.data() + 8) != PhaseMapVersion)
    return damaged(Name, "was made by another version of bootorder");
  StringRef Body = All.drop_front(PhaseMapHeaderSize);
  if (endian::read64le(All.data() + 16) != Body.size())
    return damaged(Name, "is cut short");
  if (endian::read64le(All.data() + 24) != llvm::xxh3_64bits(Body))
    return damaged(Name, "is damaged");
  flatbuffers::Verifier Verifier(reinterpret_cast<const uint8_t *>(Body.data()),
                                 Body.size(),
                                 /*max_depth=*/64, /*max_tables=*/1u << 30);
  if (!map::VerifyMapBuffer(Verifier))
    return damaged(Name, "is damaged");
  return PhaseMapFile(std::move(Bytes), Name);
}

static std::string text(const flatbuffers::String *Text) {
  return Text ? Text->str() : std::string();
}

static MapPlace place(const map::Place *P) {
  return P ? MapPlace{text(P->file()), P->line(), P->column()} : MapPlace();
}

static MapValue value(const map::Value *V) {
  MapValue Told;
  if (!V)
    return Told;
  if (V->numbers() && isAligned(V->numbers())) // else it may be anything
    Told.Numbers.assign(V->numbers()->begin(), V->numbers()->end());
  Told.Ones = V->ones();
  Told.Zeros = V->zeros();
  Told.IsNonZero = V->is_non_zero();
  return Told;
}

static std::vector<MapSteps>
steps(const flatbuffers::Vector<const map::Interval *> *List) {
  std::vector<MapSteps> Steps;
  for (uint32_t I = 0; List && I < List->size(); ++I)
    Steps.push_back({List->Get(I)->first(), List->Get(I)->last()});
  return Steps;
}

template <typename T> static auto items(const flatbuffers::Vector<T> *List) {
  std::vector<typename flatbuffers::Vector<T>::return_type> Items;
  for (uint32_t I = 0; List && I < List->size(); ++I)
    Items.push_back(List->Get(I));
  return Items;
}

static MapStep step(const map::Step &S) {
  MapStep To;
  To.Function = text(S.function());
  To.File = text(S.file());
  To.Label = text(S.label());
  To.Place = place(S.place());
  To.Parent = S.parent();
  To.End = S.end();
  To.Task = S.task();
  To.IsCertain = S.is_certain();
  To.IsDescended = S.is_descended();
  for (const map::Value *V : items(S.args()))
    To.Args.push_back(value(V));
  return To;
}

static MapFrame frame(const map::Frame &F) {
  MapFrame To;
  To.Step = F.step();
  To.Function = text(F.function());
  To.Callee = text(F.callee());
  To.Through = text(F.through());
  To.Arguments = text(F.arguments());
  To.Evidence = text(F.evidence());
  To.Place = place(F.place());
  To.EvidencePlace = place(F.evidence_place());
  To.Edge = F.edge();
  return To;
}

namespace {

/// Copies frames with those that lead to them, each once.
class FrameCopier {
public:
  FrameCopier(const map::Map &From, PhaseMap &To) : From(From), To(To) {}

  /// The number in To of frame \p Index of From.
  uint32_t copy(uint32_t Index) {
    if (!From.frames() || Index >= From.frames()->size())
      return MapFrame::None;
    std::vector<uint32_t> Missing; // Index, then what leads to it
    for (uint32_t At = Index; !Known.count(At);) {
      Missing.push_back(At);
      uint32_t Caller = From.frames()->Get(At)->caller();
      if (Caller >= At)
        break;
      At = Caller;
    }
    for (uint32_t At : llvm::reverse(Missing)) {
      const map::Frame &Stored = *From.frames()->Get(At);
      MapFrame Copy = frame(Stored);
      if (Stored.caller() < At)
        Copy.Caller = Known.lookup(Stored.caller());
      Known[At] = To.Frames.size();
      To.Frames.push_back(std::move(Copy));
    }
    return Known.lookup(Index);
  }

private:
  const map::Map &From;
  PhaseMap &To;
  llvm::DenseMap<uint32_t, uint32_t> Known;
};

} // namespace

static void copyFunctions(const map::Map &From,
                          llvm::ArrayRef<std::string> Sources, PhaseMap &To) {
  FrameCopier Frames(From, To);
  auto FileOf = [](const map::Function *F) {
    return F->file() ? StringRef(F->file()->c_str(), F->file()->size())
                     : StringRef();
  };
  auto All = From.functions();
  for (const std::string &Source : Sources) {
    uint32_t Begin = 0, End = All ? All->size() : 0;
    while (Begin < End) {
      uint32_t Middle = Begin + (End - Begin) / 2;
      (FileOf(All->Get(Middle)) < Source ? Begin : End) =
          FileOf(All->Get(Middle)) < Source ? Middle + 1 : Middle;
    }
    for (; All && Begin < All->size() && FileOf(All->Get(Begin)) == Source;
         ++Begin) {
      const map::Function &F = *All->Get(Begin);
      MapFunction Copy{text(F.name()), text(F.file()), {}};
      for (const map::Entry *E : items(F.entries())) {
        MapEntry Entry;
        for (const map::Value *V : items(E->args()))
          Entry.Args.push_back(value(V));
        Entry.Steps = steps(E->steps());
        Entry.Frame = Frames.copy(E->frame());
        Copy.Entries.push_back(std::move(Entry));
      }
      To.Functions.push_back(std::move(Copy));
    }
  }
}

llvm::Expected<PhaseMap>
PhaseMapFile::mapFor(llvm::ArrayRef<std::string> Sources) const {
  const map::Map &From =
      *map::GetMap(Bytes->getBufferStart() + PhaseMapHeaderSize);
  PhaseMap To;
  To.Kernel = text(From.kernel());
  To.Arch = text(From.arch());
  To.Configuration = text(From.configuration());
  To.Rules = text(From.rules());
  To.IsStrict = From.is_strict();
  for (const map::Constant *C : items(From.constants()))
    To.Constants.push_back({text(C->name()), C->value()});
  for (const map::Step *S : items(From.steps()))
    To.Steps.push_back(step(*S));
  for (const map::Milestone *M : items(From.milestones()))
    To.Milestones.push_back({text(M->name()), M->from(), M->step()});
  for (const map::Change *C : items(From.changes()))
    To.Changes.push_back({C->step(), C->global(), value(C->holds())});
  for (const flatbuffers::String *Name : items(From.globals()))
    To.Globals.push_back(text(Name));
  for (const map::Effect *E : items(From.effects()))
    To.Effects.push_back({text(E->function()), text(E->effect()),
                          text(E->use()), E->argument(), E->mask(),
                          steps(E->steps())});
  copyFunctions(From, Sources, To);
  if (!From.shared())
    return damaged(Name, "has no facts");
  StringRef Facts(reinterpret_cast<const char *>(From.shared()->data()),
                  From.shared()->size());
  llvm::Expected<FactsFile> Shared = decodeFacts(Facts, Name);
  if (!Shared)
    return Shared.takeError();
  if (!Shared->Unit)
    return damaged(Name, "has no facts");
  To.Shared = std::move(*Shared->Unit);
  return To;
}

std::optional<uint64_t> PhaseMapFile::digestOf(StringRef Path) const {
  auto Files =
      map::GetMap(Bytes->getBufferStart() + PhaseMapHeaderSize)->files();
  uint32_t Begin = 0, End = Files ? Files->size() : 0;
  while (Begin < End) {
    uint32_t Middle = Begin + (End - Begin) / 2;
    const map::File &F = *Files->Get(Middle);
    StringRef Here = F.path() ? F.path()->c_str() : "";
    if (Here == Path)
      return F.digest();
    if (Here < Path)
      Begin = Middle + 1;
    else
      End = Middle;
  }
  return std::nullopt;
}
