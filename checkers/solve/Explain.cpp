//===- Explain.cpp - when a function can run, and what stops it -----------===//

#include "solve/Explain.h"
#include "solve/Explainer.h"
#include "support/Error.h"
#include "support/Suggest.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace bootorder;

/// Conditions ask predicates that ask others, so far.
static constexpr unsigned MaxAsked = 5;

static BootHistory walkWithLog(const RuleIndex &Rules, MilestoneIndex &Index,
                               BootWalk &Walk, DecisionLog &Log,
                               std::optional<uint32_t> LastStep) {
  Walk.State.Log = &Log;
  Walk.State.LastStep = LastStep.value_or(~0u);
  return walkBoot(Rules, Index, Walk);
}

ExplainSession::ExplainSession(const Program &P, const RuleSet &Known,
                               const SolveOptions &Options,
                               llvm::BitVector Watched,
                               std::optional<uint32_t> LastStep)
    : P(P), Options(Options), Rules(P, Known),
      Milestones(Rules, Options.Constants), Walk(P, Rules, Options.Has),
      Log(Walk.State, std::move(Watched)),
      History(walkWithLog(Rules, Milestones, Walk, Log, LastStep)),
      Windows(LastStep ? std::vector<RuleWindow>()
                       : findAllWindows(Rules, Options.In, Options.Constants,
                                        History, Walk)),
      Report(Rules, History, Walk, Windows), Writer(Rules, Walk, Report) {}

//===----------------------------------------------------------------------===//
// Which function
//===----------------------------------------------------------------------===//

static llvm::Error unknownFunction(const Program &P,
                                   const ExplainRequest &Request) {
  std::vector<llvm::StringRef> Names;
  for (const ProgramFunction &F : P.Functions)
    if (F.Body || F.IsAssembly)
      Names.push_back(F.Name);
  std::string Near = suggestWord(Request.Function, Names);
  std::string Where = Request.File.empty() ? "" : " in '" + Request.File + "'";
  return makeError(
      "no function '" + Request.Function + "'" + Where +
      " belongs to this kernel" +
      (Near.empty() ? "; 'bootorder dump functions' lists them" : "; " + Near));
}

static llvm::Error severalFunctions(const Program &P,
                                    llvm::ArrayRef<FunctionId> Found) {
  std::vector<std::string> Places;
  for (FunctionId F : Found)
    Places.push_back("\n  " + P[F].File.str() + ":" +
                     std::to_string(P[F].Line));
  llvm::sort(Places);
  return makeError("there are " + llvm::Twine(Found.size()) +
                   " functions named '" + P[Found.front()].Name +
                   "'; choose one with --file:" + llvm::join(Places, ""));
}

static llvm::Expected<FunctionId> findFunction(const Program &P,
                                               const ExplainRequest &Request) {
  std::vector<FunctionId> Found;
  for (FunctionId F : P.functionsNamed(Request.Function))
    if ((P[F].Body || P[F].IsAssembly) && P[F].File.ends_with(Request.File))
      Found.push_back(F);
  if (Found.empty())
    return unknownFunction(P, Request);
  // One header function may have several bodies, by what macros mean to units:
  // the first that is the only one there is.
  if (Found.size() > 1)
    return severalFunctions(P, Found);
  return Found.front();
}

static llvm::Error unknownRule(const RuleSet &Rules, llvm::StringRef Id) {
  std::vector<llvm::StringRef> Names;
  for (const Rule &R : Rules.Rules)
    Names.push_back(R.Id);
  std::string Near = suggestWord(Id, Names);
  return makeError("no rule '" + Id + "' applies to this tree; " +
                   (Near.empty() ? "'bootorder rules list' lists them" : Near));
}

//===----------------------------------------------------------------------===//
// What has to be logged
//===----------------------------------------------------------------------===//

/// Functions whose results \p F asks for.
static std::vector<FunctionId> askedBy(const Program &P, FunctionId F) {
  std::vector<FunctionId> Callees;
  const Function *Body = P[F].Body;
  if (!Body)
    return Callees;
  for (const Expr &E : Body->Exprs.Nodes) {
    if (E.Kind != ExprKind::Reference)
      continue;
    const Event &Made = Body->Events[E.Value];
    if (Made.Kind == EventKind::Call && Made.Target.isValid() &&
        Body->Exprs[Made.Target].Kind == ExprKind::Function)
      Callees.push_back(
          P.moduleOf(F).function(Body->Exprs.symbol(Made.Target)));
  }
  return Callees;
}

/// \p Functions, and what their values rest on.
static llvm::BitVector watched(const Program &P,
                               std::vector<FunctionId> Functions) {
  llvm::BitVector All(P.Functions.size());
  for (unsigned Depth = 0; Depth < MaxAsked; ++Depth) {
    std::vector<FunctionId> Next;
    for (FunctionId F : Functions) {
      if (All.test(F.Value))
        continue;
      All.set(F.Value);
      llvm::append_range(Next, askedBy(P, F));
    }
    Functions = std::move(Next);
  }
  return All;
}

//===----------------------------------------------------------------------===//
// The answer
//===----------------------------------------------------------------------===//

/// One walk that logs \p Watched. \p Asked: whose decisions the answer used.
static Explanation answer(const Program &P, const RuleSet &Rules,
                          const SolveOptions &Options,
                          const ExplainRequest &Request, FunctionId F,
                          const std::vector<FunctionId> &Watched,
                          std::vector<FunctionId> &Asked) {
  ExplainSession S(P, Rules, Options, watched(P, Watched));
  Explainer One(S, F, Request.Line);
  Explanation Out = One.explain();
  for (const RuleWindow &W : S.Windows)
    if (!Request.Rule.empty() && W.Source->Id == Request.Rule)
      Out.Rules.push_back(One.explainRule(W));
  Asked = One.asked();
  return Out;
}

llvm::Expected<Explanation> bootorder::explain(const Program &P,
                                               const RuleSet &Rules,
                                               const SolveOptions &Options,
                                               const ExplainRequest &Request) {
  auto F = findFunction(P, Request);
  if (!F)
    return F.takeError();
  if (!Request.Rule.empty() && !Rules.findRule(Request.Rule))
    return unknownRule(Rules, Request.Rule);
  const RuleSet Kept = keptRules(Rules, Options.Has);
  std::vector<FunctionId> Watched{*F}, Asked;
  Explanation First = answer(P, Kept, Options, Request, *F, Watched, Asked);
  bool IsComplete = llvm::all_of(Asked, [&](FunctionId G) { return G == *F; });
  if (IsComplete)
    return First;
  // What stands in the way is known by now, but not why it does.
  llvm::append_range(Watched, Asked);
  return answer(P, Kept, Options, Request, *F, Watched, Asked);
}
