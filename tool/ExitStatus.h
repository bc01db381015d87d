#ifndef BOOTORDER_TOOL_EXITSTATUS_H
#define BOOTORDER_TOOL_EXITSTATUS_H

namespace bootorder {

/// What the process tells its caller. Scripts and gates rely on these numbers:
/// they never change.
enum class ExitStatus {
  /// Everything asked for was done, and nothing fails the gate.
  Ok = 0,
  /// A finding fails the gate; wins over `Incomplete`.
  GateFailed = 1,
  /// The command line, a configuration file or a rule file is wrong.
  UsageError = 2,
  /// Translation units were lost, or coverage is below what was asked for.
  Incomplete = 3,
  /// A file could not be read or written, or bootorder itself failed.
  InternalError = 4,
};

} // namespace bootorder

#endif // BOOTORDER_TOOL_EXITSTATUS_H
