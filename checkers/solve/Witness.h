//===- Witness.h - verdicts put into words --------------------------------===//

#ifndef BOOTORDER_SOLVE_WITNESS_H
#define BOOTORDER_SOLVE_WITNESS_H

#include "solve/Decide.h"

namespace bootorder {

/// Turns verdicts into findings: the chain from the entry point with the
/// evidence for each edge, the roots, the confidence, the fingerprint.
class WitnessWriter {
public:
  WitnessWriter(const RuleIndex &Rules, const BootWalk &Walk,
                ReportWalk &Report);

  /// \p AllRoots: a chain for each root, too.
  Finding write(const Verdict &V, bool AllRoots);
  /// The chain of \p V to the sink, with the calls that are folded.
  std::vector<CallHop> wholePath(const Verdict &V);
  /// How `dump steps` and findings name a step.
  StepPlace stepPlace(uint32_t Step) const;
  /// Where what \p W needs is done.
  StepPlace needsPlace(const RuleWindow &W) const;
  /// The call \p Hop with the evidence for it.
  WitnessFrame frame(const CallHop &Hop) const;
  SourcePlace eventPlace(FunctionId F, EventId E) const;

private:
  std::vector<CallHop> pathOf(const Verdict &V);
  void addEvidence(WitnessFrame &Frame, const Evidence &E) const;
  void addTableEvidence(WitnessFrame &Frame, const TableEntry &Entry) const;
  /// One of a step's roots; AnyRoot for an event of the spine itself.
  struct RootPlace {
    uint32_t Step = 0;
    uint32_t Root = ReportWalk::AnyRoot; ///< in BootStep::Roots
  };
  llvm::BitVector contextsAbove(const Verdict &V) const;
  std::map<std::string, RootPlace> rootsOf(const Verdict &V) const;
  void writeRootPaths(Finding &F, const Verdict &V);
  bool isSpineEvent(const Verdict &V) const;
  void judgeConfidence(Finding &F, const Verdict &V) const;
  void writeValue(Finding &F, const Verdict &V) const;
  void writeEffect(Finding &F, const Verdict &V) const;
  uint32_t namedStep(uint32_t Step) const;
  SourcePlace place(const FactsModule &Facts, const Location &Loc) const;

  const RuleIndex &Rules;
  const Program &P;
  const BootWalk &Walk;
  ReportWalk &Report;
  const BootHistory &History;
};

/// rule + sink + function and its file, as 16 hexadecimal digits: never a line,
/// never the chain.
std::string fingerprint(llvm::StringRef Rule, llvm::StringRef Sink,
                        llvm::StringRef Origin, llvm::StringRef File);

} // namespace bootorder

#endif // BOOTORDER_SOLVE_WITNESS_H
