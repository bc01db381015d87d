//===- Standing.h - what the gate makes of a finding ----------------------===//

#ifndef BOOTORDER_TOOL_REPORT_STANDING_H
#define BOOTORDER_TOOL_REPORT_STANDING_H

#include "solve/Finding.h"

namespace bootorder {

enum class StandingKind {
  New,        ///< nobody has accepted it, or no baseline is in use
  Baselined,  ///< an entry of the baseline has it
  Suppressed, ///< by a comment in the source or by the rules
  Untouched,  ///< by the change that `--since` asks about
  Elsewhere,  ///< outside the directories that the baseline puts under the gate
};

/// How a finding stands towards what people have said of this tree.
struct Standing {
  StandingKind Kind = StandingKind::New;
  /// Baselined, Suppressed: why, in the words of who accepted it. New: what is
  /// new about a finding that the baseline knows; else empty.
  std::string Reason;
  std::string Owner; ///< Baselined: who looks after it
  /// Suppressed: a comment says so, not the rules.
  bool IsInSource = false;
  SourcePlace Where; ///< of the entry or the comment; may be none
};

/// Something about the files that decide standings: `warning: no finding
/// matches this entry any more`.
struct GateRemark {
  SourcePlace Where; ///< the file as it was named on the command line
  std::string Message;
};

} // namespace bootorder

#endif
