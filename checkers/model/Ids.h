//===- Ids.h - strong indices into the tables of one facts module ---------===//
//
// Facts refer to each other by dense 32-bit indices, never by pointer, so that
// a module can be written to disk and mapped back as it is. Each table has its
// own index type; mixing them up does not compile.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_MODEL_IDS_H
#define BOOTORDER_MODEL_IDS_H

#include <cstdint>
#include <functional>

namespace bootorder {

/// Index into one table. The default value means "none".
template <typename Tag> struct Id {
  static constexpr uint32_t None = ~0u;
  uint32_t Value = None;

  constexpr Id() = default;
  constexpr explicit Id(uint32_t Value) : Value(Value) {}
  constexpr bool isValid() const { return Value != None; }
  friend constexpr bool operator==(Id A, Id B) { return A.Value == B.Value; }
  friend constexpr bool operator!=(Id A, Id B) { return A.Value != B.Value; }
  friend constexpr bool operator<(Id A, Id B) { return A.Value < B.Value; }
};

/// Into FactsModule::Strings.
using StringId = Id<struct StringTag>;
/// Into FactsModule::Symbols.
using SymbolId = Id<struct SymbolTag>;
/// Into FactsModule::Fields.
using FieldId = Id<struct FieldTag>;
/// Into FactsModule::Signatures.
using SignatureId = Id<struct SignatureTag>;
/// Into FactsModule::Macros.
using MacroId = Id<struct MacroTag>;
/// Into ExprPool::Nodes of the function or object at hand.
using ExprId = Id<struct ExprTag>;
/// Into Function::Events.
using EventId = Id<struct EventTag>;
/// Into Function::Blocks.
using BlockId = Id<struct BlockTag>;
/// Into Function::Locals.
using LocalId = Id<struct LocalTag>;

/// Half-open run of indices [First, First + Count) in a table.
struct Range {
  uint32_t First = 0;
  uint32_t Count = 0;
  friend bool operator==(Range A, Range B) {
    return A.First == B.First && A.Count == B.Count;
  }
};

} // namespace bootorder

template <typename Tag> struct std::hash<bootorder::Id<Tag>> {
  size_t operator()(bootorder::Id<Tag> I) const { return I.Value; }
};

#endif
