//===- Function.h - the mini-program that is left of a function body ------===//
//
// A control-flow graph whose blocks hold events and whose edges hold the
// outcome of the block's condition. Events of a block are in evaluation order.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_MODEL_FUNCTION_H
#define BOOTORDER_MODEL_FUNCTION_H

#include "model/Assembly.h"
#include "model/Expr.h"

namespace bootorder {

enum class EventKind : uint8_t {
  Call,         ///< Target(Args...); a Reference to it is the result
  Write,        ///< the place at Target now holds Value (WriteKind)
  Define,       ///< a new version of scalar local Local; its value is Value
  AddressTaken, ///< Target (Function or Object) flows somewhere
  Asm,          ///< inline assembly: Function::Asms[Asm]
  MacroUse,     ///< a macro that left no other event: Macro says which
  Return,       ///< returns Value (none for void)
};

enum class CallKind : uint8_t {
  Direct,      ///< `f(x)`: Target is a Function
  Indirect,    ///< `ops->f(x)`, `fn(x)`: Target is the loaded pointer value
  Cleanup,     ///< `guard(raw_spinlock)(&l)`: destructor at scope exit
  AsmOperand,  ///< `asm("call *%0" :: "m"(pv_ops.op))`, `"i"(fn)`
  AsmTemplate, ///< `asm("call fn")`: a name after a call or jump mnemonic
};

enum class WriteKind : uint8_t {
  Store,     ///< `x.f = v`
  Record,    ///< `*a = *b` of a record: Value is the address copied from
  Copy,      ///< `memcpy(Target, Value, Size)`: Value is an address
  Fill,      ///< `memset(Target, Value, Size)`: Value is the byte
  AsmOutput, ///< `asm("..." : "=m"(x))`: unknown value
  Zero,      ///< `struct s x = {}`: bytes not written after it are 0
};

struct Event {
  EventKind Kind = EventKind::Call;
  CallKind Call = CallKind::Direct;
  WriteKind Write = WriteKind::Store;
  Location Loc;  ///< of the expression, at its outermost expansion
  MacroId Macro; ///< innermost macro expansion around it; none if plain
  ExprId Target; ///< Call: callee; Write: address; AddressTaken: symbol
  ExprId Value;  ///< Write, Define, Return
  ExprId Size;   ///< Copy, Fill: bytes
  Range Args;    ///< Call: run in ExprPool::Operands
  LocalId Variable;            ///< Define: which local
  uint32_t Asm = Id<Event>::None; ///< Asm and calls in it: index in Asms
};

enum class EdgeKind : uint8_t {
  Always,
  True,     ///< Condition is not 0
  False,    ///< Condition is 0
  Case,     ///< Low <= Condition <= High
  Default,  ///< no Case edge of the block holds
  AsmLabel, ///< a label of an asm goto
  Computed, ///< `goto *p`
};

struct Edge {
  BlockId To;
  EdgeKind Kind = EdgeKind::Always;
  int64_t Low = 0, High = 0; ///< Case
};

/// Blocks[0] is the entry. Loops are the edges that lead back.
struct Block {
  Range Events;     ///< in Function::Events
  Range Edges;      ///< in Function::Edges; empty where the function ends
  ExprId Condition; ///< of True, False, Case and Default edges; else none
  Location ConditionLoc;
  MacroId ConditionMacro;
  bool IsNoReturn = false; ///< ends in something that never returns
};

/// A local. Scalars whose address is never taken have Define events; all
/// others are memory, named by Local expressions.
struct LocalVariable {
  StringId Name;
  Type ValueType;
  bool IsMemory = false;
};

/// One inline assembly statement.
struct AsmStatement {
  StringId Template;
  bool IsVolatile = false;
  bool IsGoto = false;
  bool ClobbersMemory = false;
  std::vector<AsmItem> Items; ///< names in the template, in order
  Range Inputs;               ///< operand values, run in ExprPool::Operands
};

/// A function with a body.
struct Function {
  SymbolId Symbol;
  Location Loc;         ///< of its name
  uint32_t EndLine = 0; ///< of the closing brace
  StringId Section;     ///< `__init` is `.init.text`; none for the default
  bool IsInline = false;
  bool IsFlowLost = false; ///< no flow graph: one block, order of the text
  std::vector<Block> Blocks;
  std::vector<Edge> Edges;
  std::vector<Event> Events;
  std::vector<LocalVariable> Locals;
  std::vector<AsmStatement> Asms;
  ExprPool Exprs;
};

} // namespace bootorder

#endif
