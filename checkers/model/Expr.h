//===- Expr.h - small side-effect free trees over a function's values -----===//
//
// Conditions, arguments, written values and results are kept as trees. A tree
// is a value; the address of a place is a value too, so `p->f` reads as
// Load(Field(p, f)) and `x.a.b` as Load(Field(Field(Object x, a), b)).
//
// Scalar locals whose address is never taken are in single-assignment form:
// each definition is a Define event, each use a Reference to it, or a Join of
// the definitions that reach it. All other locals are memory (Local).
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_MODEL_EXPR_H
#define BOOTORDER_MODEL_EXPR_H

#include "model/Ids.h"
#include <vector>

namespace bootorder {

enum class ExprKind : uint8_t {
  Unknown,     ///< `va_arg(ap, int)`; Op says why (UnknownKind)
  Constant,    ///< `GFP_KERNEL`, `sizeof(x)`, `NULL`; Value; Spelling = macro
  String,      ///< `"Booting kernel"`; Value is a StringId
  Function,    ///< address of a function: Value is a SymbolId
  Object,      ///< address of a global or static local: Value is a SymbolId
  Local,       ///< address of a local in memory: Value is a LocalId
  Param,       ///< value of a parameter on entry: Value is its 0-based index
  ParamSlot,   ///< address of a parameter whose address is taken: its index
  Reference,   ///< value of event Value: a Define, or what a Call or Asm yields
  Join,        ///< one of the operands, by the path taken
  Load,        ///< value at the address Operand 0
  Field,       ///< address of field Value within the record at Operand 0
  Container,   ///< address of the record whose field Value is at Operand 0
  Element,     ///< address of element Operand 1 of the array at Operand 0
  Unary,       ///< Op is a UnaryKind
  Binary,      ///< Op is a BinaryKind
  Conditional, ///< Operand 0 ? Operand 1 : Operand 2
  Cast,        ///< Operand 0 converted to Bits/IsSigned
};

enum class UnaryKind : uint8_t { Minus, BitNot, LogicalNot };

enum class BinaryKind : uint8_t {
  Add, Sub, Mul, Div, Rem, Shl, Shr, And, Or, Xor,
  Less, LessEqual, Greater, GreaterEqual, Equal, NotEqual,
  LogicalAnd, LogicalOr,
};

/// Why a value is not known to the extractor.
enum class UnknownKind : uint8_t {
  Unsupported,   ///< an expression form that has no counterpart here
  Uninitialized, ///< a local read before any definition
  Floating,      ///< not an integer or pointer
  Aggregate,     ///< a whole record or vector value
  FlowLost,      ///< the function's flow graph could not be built
};

/// One node. Operands are a run in ExprPool::Operands.
struct Expr {
  ExprKind Kind = ExprKind::Unknown;
  uint8_t Op = 0;        ///< UnaryKind, BinaryKind or UnknownKind
  uint8_t Bits = 0;      ///< width of the value in bits; 0 if not a scalar
  bool IsSigned = false; ///< how a Constant or a comparison is read
  bool IsPointer = false;
  StringId Spelling;     ///< outermost macro that spells it, if any
  int64_t Value = 0;     ///< by Kind; constants are sign-extended to 64 bits
  Range Operands;

  friend bool operator==(const Expr &A, const Expr &B) {
    return A.Kind == B.Kind && A.Op == B.Op && A.Bits == B.Bits &&
           A.IsSigned == B.IsSigned && A.IsPointer == B.IsPointer &&
           A.Spelling == B.Spelling && A.Value == B.Value &&
           A.Operands == B.Operands;
  }
};

/// The trees of one function or object.
struct ExprPool {
  std::vector<Expr> Nodes;
  std::vector<ExprId> Operands;

  const Expr &operator[](ExprId E) const { return Nodes[E.Value]; }
  /// Operand \p N of \p E.
  ExprId operand(const Expr &E, uint32_t N) const {
    return Operands[E.Operands.First + N];
  }
  ExprId operand(ExprId E, uint32_t N) const { return operand((*this)[E], N); }

  SymbolId symbol(ExprId E) const {
    return SymbolId(static_cast<uint32_t>((*this)[E].Value));
  }
  FieldId field(ExprId E) const {
    return FieldId(static_cast<uint32_t>((*this)[E].Value));
  }
  EventId event(ExprId E) const {
    return EventId(static_cast<uint32_t>((*this)[E].Value));
  }
  friend bool operator==(const ExprPool &A, const ExprPool &B) {
    return A.Nodes == B.Nodes && A.Operands == B.Operands;
  }
};

} // namespace bootorder

#endif
