//===- Fields.h - which fields code names ---------------------------------===//

#ifndef BOOTORDER_SOLVE_FIELDS_H
#define BOOTORDER_SOLVE_FIELDS_H

#include "link/Program.h"
#include "llvm/ADT/BitVector.h"
#include <optional>

namespace bootorder {

/// The field that \p Address designates in \p Body, whatever record it is in,
/// or whose element it is; none if it is no field.
FieldId fieldNamed(const Function &Body, ExprId Address);

/// The fields that \p Names say, each `record.field`; none if \p P lacks one.
std::optional<std::vector<FieldKey>>
fieldsNamed(const Program &P, llvm::ArrayRef<std::string> Names);

/// Whether \p E, a write, goes to a local of \p Body itself.
bool isLocalWrite(const Function &Body, const Event &E);

/// By FieldKey: fields that only code of \p P fills. What firmware or hardware
/// fills is written by no code, or lies in records in which code finds no
/// pointer: tables, packets, registers. Members that share storage are none.
/// Looks at all code of \p P.
llvm::BitVector followedFields(const Program &P);

} // namespace bootorder

#endif // BOOTORDER_SOLVE_FIELDS_H
