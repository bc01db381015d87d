#include "store/FactsFile.h"
#include "store/PhaseMapCodec.h"
#include "store/PhaseMapFile.h"
#include "llvm/Support/EndianStream.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"

using namespace bootorder;
using flatbuffers::FlatBufferBuilder;
using flatbuffers::Offset;
namespace map = bootorder::store::map;

namespace {

class Encoder {
public:
  FlatBufferBuilder Out;

  Offset<flatbuffers::String> text(const std::string &Text) {
    return Text.empty() ? 0 : Out.CreateSharedString(Text);
  }

  Offset<map::Value> value(const MapValue &V) {
    auto Numbers = V.Numbers.empty() ? 0 : Out.CreateVector(V.Numbers);
    return map::CreateValue(Out, Numbers, V.Ones, V.Zeros, V.IsNonZero);
  }

  Offset<flatbuffers::Vector<Offset<map::Value>>>
  values(const std::vector<MapValue> &List) {
    std::vector<Offset<map::Value>> Stored;
    for (const MapValue &V : List)
      Stored.push_back(value(V));
    return Out.CreateVector(Stored);
  }

  Offset<map::Place> place(const MapPlace &P) {
    if (P.File.empty())
      return 0;
    auto File = text(P.File);
    return map::CreatePlace(Out, File, P.Line, P.Column);
  }

  auto steps(const std::vector<MapSteps> &Steps) {
    std::vector<map::Interval> List;
    for (MapSteps S : Steps)
      List.emplace_back(S.First, S.Last);
    return Out.CreateVectorOfStructs(List);
  }

  Offset<map::Step> step(const MapStep &S) {
    auto Function = text(S.Function), File = text(S.File),
         Label = text(S.Label);
    auto Place = place(S.Place);
    auto Args = values(S.Args);
    return map::CreateStep(Out, Function, File, Label, Place, S.Parent, S.End,
                           S.Task, S.IsCertain, S.IsDescended, Args);
  }

  Offset<map::Frame> frame(const MapFrame &F) {
    auto Function = text(F.Function), Callee = text(F.Callee),
         Through = text(F.Through), Arguments = text(F.Arguments),
         Evidence = text(F.Evidence);
    auto Place = place(F.Place), EvidencePlace = place(F.EvidencePlace);
    return map::CreateFrame(Out, F.Caller, F.Step, Function, Callee, Through,
                            Arguments, Evidence, Place, EvidencePlace, F.Edge);
  }

  Offset<map::Entry> entry(const MapEntry &E) {
    auto Args = values(E.Args);
    auto Steps = steps(E.Steps);
    return map::CreateEntry(Out, Args, Steps, E.Frame);
  }

  Offset<map::Function> function(const MapFunction &F) {
    std::vector<Offset<map::Entry>> Entries;
    for (const MapEntry &E : F.Entries)
      Entries.push_back(entry(E));
    auto Name = text(F.Name), File = text(F.File);
    return map::CreateFunction(Out, Name, File, Out.CreateVector(Entries));
  }

  Offset<map::Effect> effect(const MapEffect &E) {
    auto Function = text(E.Function), Effect = text(E.Effect),
         Use = text(E.Use);
    auto Steps = steps(E.Steps);
    return map::CreateEffect(Out, Function, Effect, Use, E.Argument, E.Mask,
                             Steps);
  }

  template <typename T, typename List, typename Make>
  auto all(const List &From, Make One) {
    std::vector<Offset<T>> Stored;
    for (const auto &Item : From)
      Stored.push_back(One(Item));
    return Out.CreateVector(Stored);
  }

  void finish(const PhaseMap &M);
};

} // namespace

void Encoder::finish(const PhaseMap &M) {
  auto Kernel = text(M.Kernel), Arch = text(M.Arch),
       Configuration = text(M.Configuration), Rules = text(M.Rules);
  auto Constants = all<map::Constant>(M.Constants, [&](const auto &C) {
    auto Name = text(C.first);
    return map::CreateConstant(Out, Name, C.second);
  });
  auto Steps = all<map::Step>(M.Steps, [&](auto &S) { return step(S); });
  auto Milestones = all<map::Milestone>(M.Milestones, [&](const auto &X) {
    auto Name = text(X.Name);
    return map::CreateMilestone(Out, Name, X.From, X.Step);
  });
  auto Changes = all<map::Change>(M.Changes, [&](const auto &C) {
    auto Holds = value(C.Holds);
    return map::CreateChange(Out, C.Step, C.Global, Holds);
  });
  auto Globals = all<flatbuffers::String>(
      M.Globals, [&](auto &Name) { return Out.CreateSharedString(Name); });
  auto Frames = all<map::Frame>(M.Frames, [&](auto &F) { return frame(F); });
  auto Functions =
      all<map::Function>(M.Functions, [&](auto &F) { return function(F); });
  auto Effects =
      all<map::Effect>(M.Effects, [&](auto &E) { return effect(E); });
  auto Files = all<map::File>(M.Files, [&](const auto &F) {
    auto Path = text(F.Path);
    return map::CreateFile(Out, Path, F.Digest);
  });
  std::string Facts = encodeUnit(M.Shared);
  auto Shared = Out.CreateVector(
      reinterpret_cast<const uint8_t *>(Facts.data()), Facts.size());
  map::FinishMapBuffer(Out, map::CreateMap(Out, Kernel, Arch, Configuration,
                                           Rules, M.IsStrict, Constants, Steps,
                                           Milestones, Changes, Globals, Frames,
                                           Functions, Effects, Files, Shared));
}

std::string bootorder::encodePhaseMap(const PhaseMap &M) {
  Encoder E;
  E.finish(M);
  llvm::StringRef Body(reinterpret_cast<char *>(E.Out.GetBufferPointer()),
                       E.Out.GetSize());
  std::string Bytes(PhaseMapMagic);
  llvm::raw_string_ostream OS(Bytes);
  namespace endian = llvm::support::endian;
  endian::write<uint32_t>(OS, PhaseMapVersion, llvm::endianness::little);
  endian::write<uint32_t>(OS, 0, llvm::endianness::little);
  endian::write<uint64_t>(OS, Body.size(), llvm::endianness::little);
  endian::write<uint64_t>(OS, llvm::xxh3_64bits(Body),
                          llvm::endianness::little);
  OS << Body;
  return Bytes;
}
