//===- SpineGuards.h - what tests on the spine say of values --------------===//

#ifndef BOOTORDER_SOLVE_SPINEGUARDS_H
#define BOOTORDER_SOLVE_SPINEGUARDS_H

#include "solve/Frame.h"

namespace bootorder {

/// Narrows the values of one activation on the spine. What a test says is noted
/// when the test is made, since what is in memory then may be replaced before
/// the block that rests on it is walked.
class SpineGuards {
public:
  /// Both outlive this.
  SpineGuards(Frame &Values, const GuardTable &Guards);

  /// The condition of \p B is tested now. True if that says other things than
  /// the last time it was.
  bool test(BlockId B);
  /// What was noted in \p B no longer holds.
  void forget(BlockId B);
  /// Control is in \p B now.
  void enter(BlockId B);

private:
  struct Note {
    uint32_t Block; ///< where the value is used
    const GuardedValue *Guarded;
    std::vector<Value> Left; ///< after each guard; nothing: not tested yet
  };

  Frame &Values;
  std::vector<Note> Notes;
};

} // namespace bootorder

#endif // BOOTORDER_SOLVE_SPINEGUARDS_H
