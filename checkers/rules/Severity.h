//===- Severity.h - how bad a finding is ----------------------------------===//

#ifndef BOOTORDER_RULES_SEVERITY_H
#define BOOTORDER_RULES_SEVERITY_H

namespace bootorder {

/// Of a rule, and of what it finds. Only errors fail a gate.
enum class SeverityKind { Error, Warning, Note };

} // namespace bootorder

#endif // BOOTORDER_RULES_SEVERITY_H
