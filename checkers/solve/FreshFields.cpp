//===- FreshFields.cpp - what is filled in as soon as it is allocated -----===//

#include "solve/FreshFields.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseSet.h"
#include <algorithm>
#include <optional>

using namespace bootorder;

namespace {

/// Follows control from an allocation on.
class Filling {
public:
  Filling(const Function &F, EventId Call) : F(F), Call(Call) {
    Names.insert(Call.Value);
  }

  std::vector<FieldWay> follow();

private:
  const Expr &stripCasts(ExprId E) const;
  bool isMemory(ExprId E) const;
  bool mentions(ExprId E) const;
  bool mentionsAny(Range Operands) const;
  bool goesOn(EventId Id);
  bool fills(const Event &E);
  std::optional<bool> truthIfMade(ExprId Condition) const;
  std::optional<uint32_t> next(const Block &B) const;

  const Function &F;
  EventId Call;
  llvm::DenseSet<uint32_t> Names; ///< events whose value is the memory
  std::vector<FieldWay> Ways;
};

} // namespace

const Expr &Filling::stripCasts(ExprId E) const {
  while (F.Exprs[E].Kind == ExprKind::Cast)
    E = F.Exprs.operand(E, 0);
  return F.Exprs[E];
}

bool Filling::isMemory(ExprId E) const {
  const Expr &X = stripCasts(E);
  return X.Kind == ExprKind::Reference &&
         Names.contains(static_cast<uint32_t>(X.Value));
}

bool Filling::mentions(ExprId E) const {
  return E.isValid() && (isMemory(E) || mentionsAny(F.Exprs[E].Operands));
}

bool Filling::mentionsAny(Range Operands) const {
  for (uint32_t I = 0; I < Operands.Count; ++I)
    if (mentions(F.Exprs.Operands[Operands.First + I]))
      return true;
  return false;
}

/// Whether \p E stores to a field of the memory and nothing more.
bool Filling::fills(const Event &E) {
  FieldWay Way;
  ExprId At = E.Target;
  for (; F.Exprs[At].Kind == ExprKind::Field; At = F.Exprs.operand(At, 0))
    Way.push_back(F.Exprs.field(At));
  if (E.Write != WriteKind::Store || Way.empty() || !isMemory(At) ||
      mentions(E.Value))
    return false;
  std::reverse(Way.begin(), Way.end());
  Ways.push_back(std::move(Way));
  return true;
}

/// Whether nobody else can know the memory after the event.
bool Filling::goesOn(EventId Id) {
  const Event &E = F.Events[Id.Value];
  switch (E.Kind) {
  case EventKind::Define:
    if (!isMemory(E.Value))
      return !mentions(E.Value);
    Names.insert(Id.Value);
    return true;
  case EventKind::Write:
    return fills(E) || (!mentions(E.Target) && !mentions(E.Value));
  case EventKind::Call:
    return !mentions(E.Target) && !mentionsAny(E.Args);
  case EventKind::MacroUse:
  case EventKind::AddressTaken:
    return true;
  case EventKind::Asm:
  case EventKind::Return:
    return false;
  }
  return false;
}

/// How a test of nothing but the memory's address comes out if there is some.
std::optional<bool> Filling::truthIfMade(ExprId Condition) const {
  const Expr &E = stripCasts(Condition);
  if (isMemory(Condition))
    return true;
  if (E.Kind == ExprKind::Unary &&
      static_cast<UnaryKind>(E.Op) == UnaryKind::LogicalNot) {
    auto Inner = truthIfMade(F.Exprs.operand(E, 0));
    return Inner ? std::optional(!*Inner) : std::nullopt;
  }
  return std::nullopt;
}

/// The block that control goes to from \p B; none if there are several.
std::optional<uint32_t> Filling::next(const Block &B) const {
  const Edge *Edges = F.Edges.data() + B.Edges.First;
  if (B.Edges.Count == 1)
    return Edges[0].To.Value;
  auto Truth = B.Condition.isValid() ? truthIfMade(B.Condition) : std::nullopt;
  for (uint32_t I = 0; Truth && I < B.Edges.Count; ++I)
    if (Edges[I].Kind == (*Truth ? EdgeKind::True : EdgeKind::False))
      return Edges[I].To.Value;
  return std::nullopt;
}

std::vector<FieldWay> Filling::follow() {
  auto Holds = [this](const Block &B) {
    return B.Events.First <= Call.Value &&
           Call.Value < B.Events.First + B.Events.Count;
  };
  auto Found = std::find_if(F.Blocks.begin(), F.Blocks.end(), Holds);
  llvm::BitVector Seen(F.Blocks.size());
  std::optional<uint32_t> B;
  if (Found != F.Blocks.end())
    B = Found - F.Blocks.begin();
  for (uint32_t I = Call.Value + 1; B && !Seen.test(*B);) {
    Seen.set(*B);
    Range Events = F.Blocks[*B].Events;
    for (; I < Events.First + Events.Count; ++I)
      if (!goesOn(EventId(I)))
        return std::move(Ways);
    B = next(F.Blocks[*B]);
    if (B)
      I = F.Blocks[*B].Events.First;
  }
  return std::move(Ways);
}

std::vector<FieldWay> bootorder::fieldsFilledFirst(const Function &F,
                                                   EventId Call) {
  return Filling(F, Call).follow();
}
