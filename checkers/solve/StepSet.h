//===- StepSet.h - steps of the boot as a set -----------------------------===//

#ifndef BOOTORDER_SOLVE_STEPSET_H
#define BOOTORDER_SOLVE_STEPSET_H

#include <cstdint>
#include <optional>
#include <vector>

namespace bootorder {

/// Consecutive steps, both ends included.
struct StepInterval {
  static constexpr uint32_t NoEnd = ~0u;
  uint32_t First = 0;
  uint32_t Last = 0;
  bool contains(uint32_t Step) const { return First <= Step && Step <= Last; }
};

/// A set of steps, as bits: what holds at many steps is computed for 64 of them
/// at once. Takes the room of the steps from its first to its last.
class StepSet {
public:
  StepSet() = default;
  explicit StepSet(StepInterval Steps) { add(Steps); }

  bool empty() const;
  /// The first step of the set in [\p First, \p End).
  std::optional<uint32_t> firstIn(uint32_t First, uint32_t End) const;
  bool contains(uint32_t Step) const {
    return word(Step / WordSize) >> (Step % WordSize) & 1;
  }

  void add(StepInterval Steps);
  void add(const StepSet &Other);
  void remove(const StepSet &Other);
  void keep(const StepSet &Other);
  /// Adds the steps of \p Within that both \p A and \p B have. True if some of
  /// them are new.
  bool addCommon(const StepSet &A, const StepSet &B, StepInterval Within);

private:
  using Word = uint64_t;
  static constexpr uint32_t WordSize = 64;

  uint32_t endWord() const { return BeginWord + Words.size(); }
  Word word(uint32_t Index) const {
    return Index - BeginWord < Words.size() ? Words[Index - BeginWord] : 0;
  }
  void widen(uint32_t First, uint32_t End);

  uint32_t BeginWord = 0;  ///< number of the first of
  std::vector<Word> Words; ///< all others are 0
};

} // namespace bootorder

#endif // BOOTORDER_SOLVE_STEPSET_H
