//===- Finding.h - an operation that runs before what it needs ------------===//
//
// Plain text and numbers: reporters need neither facts nor a compiler.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_SOLVE_FINDING_H
#define BOOTORDER_SOLVE_FINDING_H

#include "rules/Severity.h"
#include "solve/SourcePlace.h"
#include <cstdint>
#include <string>
#include <vector>

namespace bootorder {

enum class FindingClass { Violation, Masked, Latent };
enum class ConfidenceKind { High, Medium, Low };

/// How a witness frame reaches the next one.
enum class WitnessEdgeKind {
  Direct,   ///< f(x)
  Cleanup,  ///< destructor at scope exit
  Ops,      ///< through a record field
  Pointer,  ///< through a parameter, local, global or array
  Table,    ///< an entry of a linker table
  Assembly, ///< named by assembly
  Assumed,  ///< a rule says so
  Sink,     ///< last frame: the sink itself
};

struct WitnessFrame {
  std::string Function; ///< the caller
  SourcePlace Place;    ///< of the call in it
  WitnessEdgeKind Edge = WitnessEdgeKind::Direct;
  std::string Callee;    ///< function called
  std::string Through;   ///< as the source says it: `ppc_md.init_IRQ`; may be
                         ///< empty for direct calls
  std::string Arguments; ///< short text of constant arguments; may be empty
  std::string Evidence;  ///< `from mach_powermac in section .machine.desc`
  SourcePlace EvidencePlace; ///< where the pointer was registered
};

/// A chain that begins with one root's call.
struct RootWitness {
  std::string Root; ///< as in Finding::Roots
  std::vector<WitnessFrame> Path;
};

struct StepPlace {
  uint32_t Number = 0;  ///< as in `dump steps`
  std::string Function; ///< what runs in that step
  SourcePlace Place;
};

/// The value that makes a sink wrong.
struct OffendingValue {
  std::string Text;     ///< `GFP_KERNEL`, or the argument as written
  bool IsKnown = false; ///< false: the flag value was not followed
  uint64_t Number = 0;  ///< if known
  std::string BitName;  ///< `__GFP_WAIT`
  uint64_t Bit = 0;
};

/// Another sink that runs early by the same decision.
struct OtherPlace {
  std::string Sink;
  std::string Function; ///< that uses it
  SourcePlace Place;
};

/// A test on the way to a sink that does not keep control from it, though it
/// asks memory.
struct GuardNote {
  std::string Condition; ///< as C would say it: `!slab_is_available()`
  std::string Function;  ///< that tests it
  SourcePlace Place;     ///< of the test
  bool IsKnown = false;  ///< false: both ways are taken
  /// `is false here: slab_state is 3, by 'kmem_cache_init'`.
  std::string Text;
  SourcePlace Cause; ///< of the write; may be none
};

/// A test on the way to a sink that control passes only if a call has failed.
struct FailureNote {
  std::string Call;     ///< the function that fails; empty: there is none
  std::string Function; ///< that finds out
  SourcePlace Place;    ///< of the test
};

struct Finding {
  std::string Rule; ///< bare id: `early-gfp-wait`
  FindingClass Class = FindingClass::Violation;
  SeverityKind Severity = SeverityKind::Error;
  ConfidenceKind Confidence = ConfidenceKind::High;
  std::string ConfidenceReason; ///< weakest link: `one machine-table edge`
  std::string Message;          ///< one line, no full stop
  std::string Why;              ///< why the kernel breaks, from the rule
  std::string Doc;              ///< `docs/checks/early-gfp-wait.md`
  std::string Sink;             ///< function, macro or cleanup class
  std::string Function;         ///< function the finding is placed in
  SourcePlace Place;
  StepPlace Step;             ///< the step in which it runs
  std::string NeedsMilestone; ///< `irqs_on`
  std::string MilestoneMeans; ///< `interrupts are enabled`; may be empty
  bool NeedsAfter = true;     ///< false: must precede the milestone
  StepPlace Milestone;
  bool HasValue = false;
  OffendingValue Value;
  /// Entry first, sink last; empty only if the finding is about a suppression.
  std::vector<WitnessFrame> Path;
  uint32_t RootFrame = 0; ///< in Path: the last call of the spine
  /// Sinks that the decision of this finding leads to besides this one, sorted
  /// by place. See decisionOf().
  std::vector<OtherPlace> Others;
  /// The failure nearest to the sink without which control does not come there.
  FailureNote Failure;
  std::string Effect; ///< `enables_irqs`: what makes it matter; may be empty
  std::string EffectMeans; ///< the same in words; may be empty
  /// A shortest way from the sink to the effect, which the last frame has;
  /// empty if the sink has it at once, or if nothing has to happen.
  std::vector<WitnessFrame> EffectPath;
  /// Those nearest to the sink, if SolveOptions::WithGuards asks for them.
  std::vector<GuardNote> Guards;
  /// A whole chain for each of Roots, if SolveOptions::AllRoots asks for them.
  std::vector<RootWitness> RootPaths;
  std::vector<std::string> Roots; ///< sorted, unique: spine calls reaching it
  std::string Fingerprint;        ///< rule + sink + originating function, hex
};

/// The order of a report: by place, then rule.
bool isBefore(const Finding &A, const Finding &B);

} // namespace bootorder

#endif // BOOTORDER_SOLVE_FINDING_H
