//===- Group.cpp - one finding per decision -------------------------------===//

#include "solve/Group.h"
#include "solve/Witness.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>
#include <tuple>

using namespace bootorder;

Decision bootorder::decisionOf(const Finding &F) {
  uint32_t Sink = F.Path.size() - 1;
  if (F.HasValue)
    return {Sink};
  for (uint32_t I = Sink; I > 0; --I)
    if (F.Path[I - 1].Edge == WitnessEdgeKind::Table)
      return {I - 1, /*IsTableEntry=*/true};
  uint32_t Base = std::min(F.RootFrame + 1, Sink), Last = Base;
  while (Last < Sink && F.Path[Last + 1].Place.File == F.Path[Base].Place.File)
    ++Last;
  // In the file itself, the function with the sink is what was called too soon.
  bool IsLeft = Last < Sink;
  return {IsLeft || Sink == Base ? Last : Sink - 1};
}

namespace {

/// What two findings of one decision agree on.
using DecisionKey = std::tuple<std::string, FindingClass, bool, bool,
                               std::string, std::string, uint32_t, uint32_t>;

} // namespace

static DecisionKey keyOf(const Finding &F, const Decision &D) {
  const WitnessFrame &Frame = F.Path[D.Frame];
  if (D.IsTableEntry) // whichever loop runs it
    return {F.Rule,
            F.Class,
            F.NeedsAfter,
            true,
            Frame.Callee,
            F.Path[D.Frame + 1].Place.File,
            0,
            0};
  return {F.Rule,
          F.Class,
          F.NeedsAfter,
          false,
          F.Path[D.Frame].Function,
          Frame.Place.File,
          Frame.Place.Line,
          Frame.Place.Column};
}

/// The same for all findings of one key: a call through a pointer is named as
/// the source has it, whatever it leads to.
static std::string fingerprintOf(const Finding &F, const Decision &D) {
  const WitnessFrame &Frame = F.Path[D.Frame];
  if (D.IsTableEntry)
    return fingerprint(F.Rule, Frame.Callee, "",
                       F.Path[D.Frame + 1].Place.File);
  return fingerprint(F.Rule,
                     Frame.Through.empty() ? Frame.Callee : Frame.Through,
                     Frame.Function, Frame.Place.File);
}

/// Takes what \p Other knows into \p Kept.
static void absorb(Finding &Kept, Finding Other) {
  Kept.Others.push_back({Other.Sink, Other.Function, Other.Place});
  llvm::append_range(Kept.Others, Other.Others);
  llvm::append_range(Kept.Roots, Other.Roots);
  for (RootWitness &Root : Other.RootPaths)
    if (llvm::none_of(Kept.RootPaths, [&](const RootWitness &Known) {
          return Known.Root == Root.Root;
        }))
      Kept.RootPaths.push_back(std::move(Root));
}

/// Puts what was joined in order.
static void settle(Finding &F) {
  llvm::sort(F.Others, [](const OtherPlace &A, const OtherPlace &B) {
    return std::tie(A.Place.File, A.Place.Line, A.Place.Column, A.Sink) <
           std::tie(B.Place.File, B.Place.Line, B.Place.Column, B.Sink);
  });
  llvm::sort(F.Roots);
  F.Roots.erase(std::unique(F.Roots.begin(), F.Roots.end()), F.Roots.end());
  llvm::sort(F.RootPaths, [](const RootWitness &A, const RootWitness &B) {
    return A.Root < B.Root;
  });
}

void bootorder::groupByDecision(std::vector<Finding> &Findings) {
  std::map<DecisionKey, size_t> Groups;
  std::vector<Finding> Kept;
  for (Finding &F : Findings) {
    Decision D = decisionOf(F);
    bool IsOwn = D.Frame + 1 == F.Path.size();
    if (IsOwn) {
      Kept.push_back(std::move(F));
      continue;
    }
    F.Fingerprint = fingerprintOf(F, D);
    auto [It, IsNew] = Groups.try_emplace(keyOf(F, D), Kept.size());
    if (IsNew) {
      Kept.push_back(std::move(F));
      continue;
    }
    Finding &Shown = Kept[It->second];
    if (F.Path.size() < Shown.Path.size())
      std::swap(F, Shown);
    absorb(Shown, std::move(F));
  }
  llvm::for_each(Kept, settle);
  llvm::sort(Kept, isBefore);
  Findings = std::move(Kept);
}
