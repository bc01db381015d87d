//===- ExpandEffects.cpp - sinks that name effects ------------------------===//

#include "rules/RuleParts.h"
#include "llvm/ADT/SmallVector.h"

using namespace llvm;

namespace bootorder {
namespace {

/// Replaces sinks with `having` by the uses of the effects they name.
class EffectExpander {
public:
  explicit EffectExpander(RuleReading &Read) : Read(Read) {}

  void expand(std::vector<Sink> &Sinks) {
    std::vector<Sink> Expanded;
    for (Sink &S : Sinks)
      append(S, Expanded);
    Sinks = std::move(Expanded);
  }

private:
  void append(const Sink &S, std::vector<Sink> &Out) {
    if (!S.Functions.empty() || !S.Macros.empty() || !S.CleanupOf.empty()) {
      Out.push_back(S);
      Out.back().Having.clear();
    }
    for (const std::string &Name : S.Having)
      appendUses(S, Name, Out);
  }

  /// An unknown effect has been reported where its name is used.
  void appendUses(const Sink &Outer, const std::string &Name,
                  std::vector<Sink> &Out) {
    const Effect *Known = Read.Rules.findEffect(Name);
    if (!Known)
      return;
    if (is_contained(Open, Known)) {
      Read.Diagnostics.add(Outer.Where,
                           "effect '" + Name + "' is defined by itself",
                           "name the functions in place of the effect");
      return;
    }
    Open.push_back(Known);
    for (const Sink &Use : Known->Uses)
      append(narrowed(Use, Outer), Out);
    Open.pop_back();
  }

  /// \p Use with the filters of the sink that named its effect.
  Sink narrowed(const Sink &Use, const Sink &Outer) {
    Sink Result = Use;
    Result.NotCallers = joined(Use.NotCallers, Outer.NotCallers);
    Result.NotFiles = joined(Use.NotFiles, Outer.NotFiles);
    Result.Callers = onlyOne(Use.Callers, Outer.Callers, "callers", Outer);
    Result.Files = onlyOne(Use.Files, Outer.Files, "files", Outer);
    if (Use.Tasks.empty())
      Result.Tasks = Outer.Tasks;
    for (const std::string &Name : Outer.MattersFor)
      if (!is_contained(Result.MattersFor, Name))
        Result.MattersFor.push_back(Name);
    if (!Outer.Reason.empty())
      Result.Reason += (Use.Reason.empty() ? "" : "; ") + Outer.Reason;
    Result.Where = Outer.Where;
    return Result;
  }

  static GlobSet joined(const GlobSet &A, const GlobSet &B) {
    std::vector<std::string> All(A.patterns());
    append_range(All, B.patterns());
    return cantFail(GlobSet::create(All));
  }

  /// Two lists of what is allowed cannot be written as one list of patterns.
  GlobSet onlyOne(const GlobSet &Use, const GlobSet &Outer, StringRef Key,
                  const Sink &At) {
    if (!Use.empty() && !Outer.empty())
      Read.Diagnostics.add(At.Where,
                           "'" + Key + "' is restricted by the effect too",
                           "leave '" + Key + ": {in: ...}' out here");
    return Use.empty() ? Outer : Use;
  }

  RuleReading &Read;
  SmallVector<const Effect *, 4> Open;
};

} // namespace

void expandEffects(RuleReading &Read) {
  EffectExpander Expander(Read);
  std::vector<Effect> Effects = Read.Rules.Effects;
  for (Effect &E : Effects)
    Expander.expand(E.Uses);
  for (Rule &R : Read.Rules.Rules)
    Expander.expand(R.Sinks);
  Read.Rules.Effects = std::move(Effects);
}

} // namespace bootorder
