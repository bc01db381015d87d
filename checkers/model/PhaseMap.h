//===- PhaseMap.h - a whole boot, for who judges one unit -----------------===//
//
// What the abstract boot of a kernel found out, as far as it matters to a unit
// that is judged without the rest: the steps of the boot, what global variables
// hold at each, by which arguments the unit's functions are entered and through
// whom, and what functions of other units come to.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_MODEL_PHASEMAP_H
#define BOOTORDER_MODEL_PHASEMAP_H

#include "model/Facts.h"
#include <optional>

namespace bootorder {

/// A scalar in so far as it is told: an element of the solver's lattice without
/// addresses.
struct MapValue {
  /// One of these, ascending; empty: Ones and Zeros say which bits are known.
  std::vector<int64_t> Numbers;
  uint64_t Ones = 0, Zeros = 0;
  bool IsNonZero = false; ///< an address, or a number that is not 0

  friend bool operator==(const MapValue &A, const MapValue &B) {
    return A.Numbers == B.Numbers && A.Ones == B.Ones && A.Zeros == B.Zeros &&
           A.IsNonZero == B.IsNonZero;
  }
};

/// A place in the source; line 0 means none.
struct MapPlace {
  std::string File; ///< relative to the kernel root
  uint32_t Line = 0, Column = 0;
};

/// First and last, both included.
struct MapSteps {
  uint32_t First = 0, Last = 0;
  bool contains(uint32_t Step) const { return First <= Step && Step <= Last; }
};

/// A step of the spine, as the boot's history has it.
struct MapStep {
  static constexpr uint32_t None = ~0u;
  std::string Function; ///< that runs; may be empty
  std::string File;     ///< where that is defined; empty: nowhere
  std::string Label;    ///< instead of Function, if not empty
  MapPlace Place;       ///< of the call
  uint32_t Parent = None;
  uint32_t End = 0; ///< last step within this one
  uint8_t Task = 0; ///< TaskKind of the rules
  bool IsCertain = true;
  bool IsDescended = false; ///< walked call by call
  std::vector<MapValue> Args; ///< of the call, if it is
};

/// A milestone of the rules that the boot completes.
struct MapMilestone {
  std::string Name;
  uint32_t From = 0; ///< first step that finds it complete
  uint32_t Step = 0; ///< that completes it
};

/// \p Step leaves global \p Global with another value.
struct MapChange {
  uint32_t Step = 0;
  uint32_t Global = 0; ///< in Globals, for the object of that name
  MapValue Holds;
};

/// A frame of a chain, as findings show it. The words are the solver's.
struct MapFrame {
  static constexpr uint32_t None = ~0u;
  uint32_t Caller = None; ///< the frame before it, in Frames; none: a step
  uint32_t Step = 0;      ///< at which the chain is first complete
  std::string Function, Callee, Through, Arguments, Evidence;
  MapPlace Place, EvidencePlace;
  uint8_t Edge = 0; ///< WitnessEdgeKind
};

/// One way control enters a function from another unit.
struct MapEntry {
  std::vector<MapValue> Args;      ///< without unknown ones at the end
  std::vector<MapSteps> Steps;     ///< ascending
  uint32_t Frame = MapFrame::None; ///< the last of a shortest chain
};

struct MapFunction {
  std::string Name, File;
  std::vector<MapEntry> Entries;
};

/// What a function of another unit comes to if an argument has certain bits.
struct MapEffect {
  std::string Function;
  std::string Effect;    ///< of the rules: `enables_irqs`
  std::string Use;       ///< the function or macro that has it
  uint32_t Argument = 0; ///< from 0
  uint64_t Mask = 0;     ///< any of these bits
  /// At which it does; at the others a mask in memory hides the bits.
  std::vector<MapSteps> Steps;
};

/// A source or header as it was when the map was made.
struct MapFile {
  std::string Path;    ///< relative to the kernel root
  uint64_t Digest = 0; ///< XXH3-64 of its content
};

/// A function of PhaseMap::Shared without a body worth the name: the caller of
/// what other units call.
constexpr char PhaseMapStandIn[] = "the rest of the kernel";

struct PhaseMap {
  std::string Kernel, Arch;  ///< `6.12.117`, `x86`
  std::string Configuration; ///< digest of it; empty if unknown
  std::string Rules;         ///< digest of the rule files
  bool IsStrict = false;     ///< made with the rules of profile strict
  std::vector<std::pair<std::string, int64_t>> Constants; ///< of the rules
  std::vector<MapStep> Steps;
  std::vector<MapMilestone> Milestones;
  std::vector<MapChange> Changes; ///< ascending by step
  std::vector<std::string> Globals;
  std::vector<MapFrame> Frames;       ///< callers first
  std::vector<MapFunction> Functions; ///< by file, then name
  std::vector<MapEffect> Effects;     ///< by function
  std::vector<MapFile> Files;         ///< by path
  /// Globals with what they begin with, and functions that only tell what they
  /// hold; all of them weak.
  TuFacts Shared;
};

} // namespace bootorder

#endif
