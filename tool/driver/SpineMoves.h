//===- SpineMoves.h - a boot whose calls come in another order ------------===//

#ifndef BOOTORDER_TOOL_DRIVER_SPINEMOVES_H
#define BOOTORDER_TOOL_DRIVER_SPINEMOVES_H

#include "link/Program.h"
#include "model/MoveCall.h"
#include "solve/SolveResult.h"
#include "tool/driver/TreeFacts.h"

namespace bootorder {

/// What `--move CALL:before:ANCHOR` asks for.
struct SpineMove {
  /// A name, and where the call is if there are several: `trap_init`,
  /// `printk@init/main.c:590`, `printk@590`. The name is that of what is
  /// called, of the macro it is written in, or of a milestone that it
  /// completes. Of several, the one in the function of the other call is meant.
  std::string Call, Anchor;
  MoveSide Side = MoveSide::Before;
};

/// Errors: \p Text is no move; the message shows one.
llvm::Expected<SpineMove> parseSpineMove(llvm::StringRef Text);

/// Edits facts so that calls of the spine come in another order.
class SpineMoves {
public:
  /// \p Facts were linked to \p P, and \p Boot is how that boots. After the
  /// first move \p P describes facts that are no more.
  SpineMoves(TreeFacts &Facts, const Program &P, const SolveResult &Boot);

  /// Makes one move more, on top of those before it. Yields it in words:
  /// `'trap_init' (init/main.c:601) before 'rcu_init' (init/main.c:602)`.
  ///
  /// Errors: no such call on the spine, several of that name, or one that
  /// cannot be moved there; all say what to do.
  llvm::Expected<std::string> apply(const SpineMove &Move);

private:
  /// A call that the boot makes once and for certain, or what completes a
  /// milestone.
  struct Site {
    std::string Name;  ///< of what is called, or of the pointer: `ppc_md.probe`
    std::string Macro; ///< that it is written in; may be empty
    SourcePlace Where;
    std::string Caller;
    std::vector<std::string> Milestones;
    EventPlace Place;
  };

  void addSite(const StepRow &Row, const std::string &Caller,
               const EventPlace &Place);
  std::vector<Site *> find(llvm::StringRef Asked);
  llvm::Expected<std::pair<Site *, Site *>> findBoth(const SpineMove &Move);
  void follow(const EventPlace &From, const EventPlace &To,
              const MovedEvents &Moved);
  llvm::Error severalOf(llvm::StringRef Asked,
                        llvm::ArrayRef<Site *> Found) const;
  llvm::Error unknown(llvm::StringRef Asked, llvm::StringRef Name) const;

  const SolveResult &Boot;
  std::vector<Site> Sites; ///< in the order of the boot
};

} // namespace bootorder

#endif
