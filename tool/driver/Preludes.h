//===- Preludes.h - the preludes of one tree ------------------------------===//

#ifndef BOOTORDER_TOOL_DRIVER_PRELUDES_H
#define BOOTORDER_TOOL_DRIVER_PRELUDES_H

#include "extract/Prelude.h"
#include "tool/driver/PreludeChoice.h"
#include "tool/driver/SharedFiles.h"

namespace bootorder {

struct PreludeOptions {
  bool AreWanted = false;
  /// Extract everything plainly too, and fail if anything differs.
  bool AreVerified = false;
  /// Fewer units of one kind are not worth a prelude.
  size_t MinimumUnits = 4;
};

/// What one unit is parsed on top of.
struct UnitPrelude {
  std::shared_ptr<const Prelude> Headers; ///< null: parse all
  /// What was asked of the disk for them; null without a cache.
  std::shared_ptr<const InputLog> Log;
};

/// Makes the preludes of one tree, in rounds: units that cannot use what they
/// got are offered another.
///
/// Which prelude a unit gets depends on the units, the tree and the refusals,
/// not on the number of threads. A prelude that cannot be made is said on the
/// error stream; its units get none.
class PreludeMaker {
public:
  /// A unit, by its index, and why it could not use its prelude.
  using Refusal = std::pair<size_t, Conflict>;

  /// \p Units outlive this. \p Threads 0: one per core. With \p IsLogged,
  /// UnitPrelude::Log is filled.
  PreludeMaker(llvm::ArrayRef<ExtractRequest> Units,
               std::shared_ptr<SharedFiles> Files,
               const PreludeOptions &Options, unsigned Threads, bool IsLogged)
      : Units(Units), Files(std::move(Files)), Options(Options),
        Threads(Threads), IsLogged(IsLogged), Includes(Units.size()) {}

  /// Gives each of \p Wanted that is better off with one a prelude in \p Out,
  /// which is by unit. Others are left as they are.
  void make(llvm::ArrayRef<size_t> Wanted, std::vector<UnitPrelude> &Out);

  /// The same for units that were refused: those that were for the same reason
  /// may share headers in an order of their own.
  void makeAnew(llvm::ArrayRef<Refusal> Refused, std::vector<UnitPrelude> &Out);

private:
  /// A prelude that is to be made.
  struct Plan {
    PreludeGroup Group;
    ExtractRequest Like; ///< the command that the group shares
    std::vector<ChosenHeader> Headers;
  };

  std::vector<Plan> plan(std::vector<PreludeGroup> Groups);
  void makeFor(std::vector<PreludeGroup> Groups, std::vector<UnitPrelude> &Out);
  void readIncludes(llvm::ArrayRef<PreludeGroup> Groups);
  std::vector<ChosenHeader> headersFor(const PreludeGroup &Group,
                                       const ExtractRequest &Like);
  llvm::Expected<UnitPrelude> build(const Plan &P);
  ExtractRequest commandOf(const PreludeGroup &Group, size_t Number) const;
  std::vector<PreludeGroup> group(llvm::ArrayRef<size_t> Wanted) const;

  llvm::ArrayRef<ExtractRequest> Units;
  std::shared_ptr<SharedFiles> Files;
  const PreludeOptions Options;
  const unsigned Threads;
  const bool IsLogged;
  /// By unit, once read: what its own text includes.
  std::vector<std::optional<std::vector<IncludeName>>> Includes;
  size_t Made = 0; ///< preludes so far, or attempts at one
};

} // namespace bootorder

#endif
