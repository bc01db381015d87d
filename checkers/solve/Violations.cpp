//===- Violations.cpp - which sinks are wrong at which steps --------------===//

#include "solve/Violations.h"
#include "solve/Fields.h"
#include "llvm/ADT/StringExtras.h"

using namespace bootorder;

namespace {

class WindowBuilder {
public:
  WindowBuilder(const RuleIndex &Rules,
                const std::map<std::string, int64_t> &Constants)
      : Rules(Rules), P(Rules.program()), Constants(Constants) {}

  void addSinks(RuleWindow &W, const std::vector<Sink> &Sinks,
                unsigned Depth = 0) {
    for (const Sink &S : Sinks) {
      addSink(W, S);
      // An effect may name others; the reader has checked that it ends.
      for (const std::string &Name : S.Having)
        if (const Effect *E = Rules.rules().findEffect(Name); E && Depth < 8)
          addSinks(W, E->Uses, Depth + 1);
    }
  }

private:
  void addSink(RuleWindow &W, const Sink &S) {
    ResolvedSink R;
    R.Source = &S;
    R.Functions = bits(S.Functions);
    R.Cleanups = bits(S.CleanupOf);
    if (S.Object) {
      auto Path = fieldsNamed(P, S.Object->Path);
      if (!Path)
        return; // this tree has no such field
      R.ObjectPath = std::move(*Path);
    }
    if (S.Argument)
      for (const std::string &Name : S.Argument->IsAnyOf) {
        if (int64_t Number; llvm::to_integer(Name, Number, 0))
          R.Wanted.push_back(Number);
        else if (auto Known = Constants.find(Name); Known != Constants.end())
          R.Wanted.push_back(Known->second);
      }
    if (S.Argument)
      for (const std::string &Name : S.Argument->HasAnyBit)
        if (auto Known = Constants.find(Name); Known != Constants.end()) {
          R.Mask |= Known->second;
          R.Bits.push_back({Name, static_cast<uint64_t>(Known->second)});
        }
    W.SinkFunctions |= R.Functions;
    W.SinkFunctions |= R.Cleanups;
    bool IsFiltered = !S.Callers.empty() || !S.Files.empty() ||
                      !S.NotCallers.empty() || !S.NotFiles.empty();
    if (!S.Argument && !S.Object && !IsFiltered) {
      W.Closed |= R.Functions;
      W.Closed |= R.Cleanups;
    }
    W.Sinks.push_back(std::move(R));
  }

  llvm::BitVector bits(const GlobSet &Names) const {
    llvm::BitVector Bits(P.Functions.size());
    for (FunctionId F : P.functionsMatching(Names))
      Bits.set(F.Value);
    return Bits;
  }

  const RuleIndex &Rules;
  const Program &P;
  const std::map<std::string, int64_t> &Constants;
};

} // namespace

static std::optional<uint32_t> milestoneNamed(const RuleSet &Rules,
                                              const std::string &Name) {
  for (uint32_t M = 0; M < Rules.Milestones.size(); ++M)
    if (Rules.Milestones[M].Name == Name)
      return M;
  return std::nullopt;
}

RuleWindow
bootorder::windowOf(const RuleIndex &Rules, const Rule &R,
                    const std::map<std::string, int64_t> &Constants) {
  RuleWindow W;
  W.Source = &R;
  W.SinkFunctions.resize(Rules.program().Functions.size());
  W.Closed.resize(Rules.program().Functions.size());
  WindowBuilder(Rules, Constants).addSinks(W, R.Sinks);
  return W;
}

std::vector<RuleWindow>
bootorder::findWindows(const RuleIndex &Rules, Profile In,
                       const std::map<std::string, int64_t> &Constants,
                       const BootHistory &History) {
  std::vector<RuleWindow> Windows;
  auto Add = [&](const Rule &R, const std::string &Name, bool NeedsAfter) {
    auto M = milestoneNamed(Rules.rules(), Name);
    if (!M || !History.Milestones[*M].IsKnown)
      return;
    RuleWindow W = windowOf(Rules, R, Constants);
    W.NeedsAfter = NeedsAfter;
    W.Needs = Name;
    W.NeedsMeans = Rules.rules().Milestones[*M].Means;
    W.Time = History.Milestones[*M];
    uint32_t From = W.Time.From;
    W.Begin = NeedsAfter ? 0 : From;
    W.End = NeedsAfter ? From : BootStep::NoStep;
    if (auto Until = milestoneNamed(Rules.rules(), R.Until);
        Until && !NeedsAfter && History.Milestones[*Until].IsKnown)
      W.End = History.Milestones[*Until].From;
    Windows.push_back(std::move(W));
  };
  for (const Rule &R : Rules.rules().Rules) {
    if (R.In == Profile::Strict && In != Profile::Strict)
      continue;
    if (!R.After.empty())
      Add(R, R.After, /*NeedsAfter=*/true);
    if (!R.Before.empty())
      Add(R, R.Before, /*NeedsAfter=*/false);
  }
  return Windows;
}

RuleWindow
bootorder::effectWindow(const RuleIndex &Rules,
                        const std::vector<std::string> &Effects,
                        const std::map<std::string, int64_t> &Constants) {
  RuleWindow W;
  W.SinkFunctions.resize(Rules.program().Functions.size());
  W.Closed.resize(Rules.program().Functions.size());
  for (const std::string &Name : Effects)
    if (const Effect *E = Rules.rules().findEffect(Name))
      WindowBuilder(Rules, Constants).addSinks(W, E->Uses);
  return W;
}

std::optional<uint32_t>
bootorder::argumentIndex(const Program &P, const Sink &S, FunctionId Callee) {
  if (S.Argument->Index)
    return *S.Argument->Index;
  const ProgramFunction &F = P[Callee];
  if (!F.Signature.isValid())
    return std::nullopt;
  const FactsModule &Facts = *P[F.Module].Facts;
  const std::vector<Type> &Params = Facts[F.Signature].Params;
  for (uint32_t I = 0; I < Params.size(); ++I)
    if (Facts.str(Params[I].Name) == S.Argument->TypeName)
      return I;
  return std::nullopt;
}
