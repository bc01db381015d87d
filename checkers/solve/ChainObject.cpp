//===- ChainObject.cpp - which object a call is about, along a chain ------===//

#include "solve/ChainObject.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;

/// Trees and frames within each other before the object is not known.
static constexpr unsigned MaxDepth = 64;
/// The same for loads, each of which looks through the writes of the chain.
static constexpr unsigned MaxLoads = 3;

namespace {

/// A place, as the way from an object or from what a parameter of the first
/// function points to.
struct Address {
  enum class RootKind {
    Unknown,
    Object,
    Param,
    Caller, ///< something that a caller of the first function has stored
  } Root = RootKind::Unknown;
  uint32_t Index = 0; ///< an ObjectId or the parameter's
  llvm::SmallVector<FieldKey, 4> Way;

  bool operator==(const Address &Other) const {
    return Root == Other.Root && Index == Other.Index && Way == Other.Way;
  }
  bool isPlace() const {
    return Root == RootKind::Object || Root == RootKind::Param;
  }
};

class Resolver {
public:
  Resolver(const Program &P, Memory &State, PlaceTable &Places,
           llvm::ArrayRef<ChainFrame> Chain)
      : P(P), State(State), Places(Places), Chain(Chain) {}

  /// What the pointer \p Id of function \p Frame points to.
  Address pointer(uint32_t Frame, ExprId Id);
  /// What the pointer held at \p Where points to, as \p Frame finds it.
  Address held(uint32_t Frame, const Address &Where);
  PlaceId placeOf(const Address &A);

private:
  Address pointerAt(uint32_t Frame, ExprId Id);
  Address parameter(uint32_t Frame, uint32_t Index);
  Address agreed(uint32_t Frame, const Expr &E, uint32_t First);
  Address inMemory(const Address &Where);
  bool mayName(uint32_t Frame, ExprId Target, const Address &Where) const;
  std::optional<Address> stored(uint32_t Frame, const Address &Where);

  const Function &body(uint32_t Frame) const {
    return *P[Chain[Frame].Function].Body;
  }
  const ProgramModule &module(uint32_t Frame) const {
    return P.moduleOf(Chain[Frame].Function);
  }

  const Program &P;
  Memory &State;
  PlaceTable &Places;
  llvm::ArrayRef<ChainFrame> Chain;
  unsigned Depth = 0, Loads = 0;
};

} // namespace

Address Resolver::parameter(uint32_t Frame, uint32_t Index) {
  if (Frame == 0)
    return {Address::RootKind::Param, Index, {}};
  EventId Call = Chain[Frame - 1].Event;
  if (!Call.isValid())
    return {};
  const Function &Caller = body(Frame - 1);
  const Event &E = Caller.Events[Call.Value];
  if (Index >= E.Args.Count)
    return {};
  return pointer(Frame - 1, Caller.Exprs.Operands[E.Args.First + Index]);
}

/// What all operands of \p E from \p First on point to.
Address Resolver::agreed(uint32_t Frame, const Expr &E, uint32_t First) {
  Address All;
  for (uint32_t I = First; I < E.Operands.Count; ++I) {
    Address One = pointer(Frame, body(Frame).Exprs.operand(E, I));
    if (!One.isPlace())
      return One;
    if (I != First && !(One == All))
      return {};
    All = std::move(One);
  }
  return All;
}

Address Resolver::pointerAt(uint32_t Frame, ExprId Id) {
  const ExprPool &Exprs = body(Frame).Exprs;
  const Expr &E = Exprs[Id];
  switch (E.Kind) {
  case ExprKind::Object:
    return {Address::RootKind::Object,
            module(Frame).object(Exprs.symbol(Id)).Value,
            {}};
  case ExprKind::Param:
    return parameter(Frame, static_cast<uint32_t>(E.Value));
  case ExprKind::Reference: {
    const Event &Made = body(Frame).Events[Exprs.event(Id).Value];
    return Made.Kind == EventKind::Define ? pointer(Frame, Made.Value)
                                          : Address();
  }
  case ExprKind::Cast:
    return pointer(Frame, Exprs.operand(E, 0));
  case ExprKind::Join:
    return agreed(Frame, E, 0);
  case ExprKind::Conditional:
    return agreed(Frame, E, 1);
  case ExprKind::Load:
    return held(Frame, pointer(Frame, Exprs.operand(E, 0)));
  case ExprKind::Field: {
    Address A = pointer(Frame, Exprs.operand(E, 0));
    A.Way.push_back(module(Frame).field(Exprs.field(Id)));
    return A;
  }
  case ExprKind::Container: {
    Address A = pointer(Frame, Exprs.operand(E, 0));
    if (A.Way.empty() || A.Way.back() != module(Frame).field(Exprs.field(Id)))
      return {};
    A.Way.pop_back();
    return A;
  }
  default:
    return {};
  }
}

Address Resolver::pointer(uint32_t Frame, ExprId Id) {
  if (!Id.isValid() || Depth >= MaxDepth)
    return {};
  ++Depth;
  Address A = pointerAt(Frame, Id);
  --Depth;
  return A;
}

PlaceId Resolver::placeOf(const Address &A) {
  PlaceId Where = Places.whole(ObjectId(A.Index));
  for (FieldKey Step : A.Way)
    Where = Places.field(Where, Step);
  return Where;
}

/// A place of a global object that is the only one a pointer there leads to.
Address Resolver::inMemory(const Address &Where) {
  Value Held = State.load(placeOf(Where), ReaderId());
  PlaceId Only;
  for (Atom A : Held.atoms()) {
    if (A.isZero())
      continue;
    if (Only.isValid() || A.Kind != Atom::AtomKind::Place)
      return {};
    Only = PlaceId(static_cast<uint32_t>(A.Bits));
  }
  if (!Held.isSet() || !Only.isValid() || Places.isMany(Only) ||
      !Places.isGlobal(Places[Only].Object))
    return {};
  Address Found{Address::RootKind::Object, Places[Only].Object.Value, {}};
  for (PlaceId Part = Only; !Places.isWhole(Part); Part = Places[Part].Parent) {
    if (!Places[Part].Field.isValid())
      return {};
    Found.Way.push_back(Places[Part].Field);
  }
  std::reverse(Found.Way.begin(), Found.Way.end());
  return Found;
}

/// Whether the tree \p Target ends as \p Where does: most do not.
bool Resolver::mayName(uint32_t Frame, ExprId Target,
                       const Address &Where) const {
  const ExprPool &Exprs = body(Frame).Exprs;
  const Expr &E = Exprs[Target];
  if (E.Kind != ExprKind::Field)
    return Where.Way.empty();
  return !Where.Way.empty() &&
         module(Frame).field(Exprs.field(Target)) == Where.Way.back();
}

/// What function \p Frame stores to \p Where; none if nothing.
std::optional<Address> Resolver::stored(uint32_t Frame, const Address &Where) {
  std::optional<Address> Found;
  for (const Event &E : body(Frame).Events) {
    if (E.Kind != EventKind::Write || !E.Target.isValid() ||
        !mayName(Frame, E.Target, Where) ||
        !(pointer(Frame, E.Target) == Where))
      continue;
    if (Found || E.Write != WriteKind::Store)
      return Address(); // which of them counts is not asked
    Found = pointer(Frame, E.Value);
  }
  return Found;
}

Address Resolver::held(uint32_t Frame, const Address &Where) {
  if (!Where.isPlace() || Loads >= MaxLoads)
    return Where.isPlace() ? Address() : Where;
  ++Loads;
  std::optional<Address> Found;
  for (uint32_t In = Frame + 1; In-- > 0 && !Found;)
    Found = stored(In, Where);
  --Loads;
  if (Found)
    return *Found;
  return Where.Root == Address::RootKind::Object
             ? inMemory(Where)
             : Address{Address::RootKind::Caller, 0, {}};
}

ChainObject bootorder::objectOnChain(const Program &P, Memory &State,
                                     PlaceTable &Places,
                                     llvm::ArrayRef<ChainFrame> Chain,
                                     ExprId Value,
                                     llvm::ArrayRef<FieldKey> Path) {
  using AnswerKind = ChainObject::AnswerKind;
  Resolver R(P, State, Places, Chain);
  uint32_t Last = Chain.size() - 1;
  Address A = R.pointer(Last, Value);
  for (FieldKey Step : Path) {
    A.Way.push_back(Step);
    A = R.held(Last, A);
  }
  if (A.Root == Address::RootKind::Param || A.Root == Address::RootKind::Caller)
    return {AnswerKind::AskCallers, PlaceId()};
  if (A.Root != Address::RootKind::Object)
    return {AnswerKind::Unknown, PlaceId()};
  return {AnswerKind::Known, R.placeOf(A)};
}
