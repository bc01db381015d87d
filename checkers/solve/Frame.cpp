//===- Frame.cpp - what a function's expressions mean ---------------------===//

#include "solve/Frame.h"
#include "solve/Bounds.h"
#include "solve/Fields.h"
#include "solve/Operators.h"

using namespace bootorder;

/// Changes of a result before it is widened.
static constexpr uint8_t MaxChanges = 4;
/// The same for addresses that follow from other results.
static constexpr uint8_t MaxAddresses = Value::MaxJoined;

Frame::Frame(Machine &M, FunctionId F, const llvm::BitVector &Counters,
             llvm::ArrayRef<Value> Args, ReaderId Reader, uint64_t Owner)
    : M(M), F(F), Body(*M.P[F].Body), Module(M.P.moduleOf(F)),
      Counters(Counters), Args(Args), Reader(Reader), Owner(Owner),
      Results(Body.Events.size()), Changes(Body.Events.size()) {}

/// What the result of \p E becomes, so that it does not change for ever.
Value Frame::widened(EventId E, const Value &Before, const Value &After) {
  const Event &Yields = Body.Events[E.Value];
  bool IsCounter = Counters.test(E.Value);
  // Addresses are few, and come one by one where a loop walks an array of them.
  bool IsDerivedAddress = Yields.Kind == EventKind::Define && !IsCounter &&
                          After.isSet() && !After.isAllNumbers();
  if (++Changes[E.Value] <= (IsDerivedAddress ? MaxAddresses : MaxChanges))
    return After;
  return IsCounter ? widen(Before, After, Body.Exprs[Yields.Value])
                   : Value::unknown();
}

bool Frame::addResult(EventId E, const Value &V) {
  Value &Held = Results[E.Value];
  Value Joined = hull(Held, V);
  if (Joined == Held)
    return false;
  Joined = widened(E, Held, Joined);
  lose(Held, Joined);
  lose(V, Joined);
  Held = Joined;
  return true;
}

/// Places that \p Before names and \p After does not can be reached by pointers
/// that are not followed.
void Frame::lose(const Value &Before, const Value &After) {
  if (M.IsWhatIf)
    return;
  for (Atom A : Before.atoms())
    if (A.Kind == Atom::AtomKind::Place &&
        !llvm::is_contained(After.atoms(), A))
      M.Memory.lose(PlaceId(static_cast<uint32_t>(A.Bits)));
}

void Frame::expose(ExprId Id) {
  if (!Id.isValid() || M.IsWhatIf)
    return;
  const Expr &E = Body.Exprs[Id];
  switch (E.Kind) {
  case ExprKind::Join:
  case ExprKind::Conditional:
    for (uint32_t I = 0; I < E.Operands.Count; ++I)
      expose(Body.Exprs.operand(E, I));
    return;
  case ExprKind::Cast:
  case ExprKind::Element:
    return expose(Body.Exprs.operand(E, 0));
  case ExprKind::Field:
    if (!evaluate(Body.Exprs.operand(E, 0)).isSet())
      M.Memory.expose(Module.field(Body.Exprs.field(Id)));
    return;
  default:
    return;
  }
}

static Value addressOf(PlaceId P) {
  return Value::atom({P.Value, Atom::AtomKind::Place});
}

static PlaceId placeOf(Atom A) {
  return A.Kind == Atom::AtomKind::Place
             ? PlaceId(static_cast<uint32_t>(A.Bits))
             : PlaceId();
}

/// Whether memory tells what is at \p P.
bool Frame::isReal(PlaceId P) const {
  return P.isValid() && !M.Places.isImagined(P);
}

llvm::SmallVector<PlaceId, 2> Frame::places(ExprId Address) {
  llvm::SmallVector<PlaceId, 2> Found;
  Value V = evaluate(Address);
  for (Atom A : V.atoms()) {
    if (A.isZero())
      continue; // nothing is there
    if (!isReal(placeOf(A)))
      return {};
    Found.push_back(placeOf(A));
  }
  return Found;
}

PlaceId Frame::localPlace(LocalId L) {
  const LocalVariable &Local = Body.Locals[L.Value];
  bool IsWide = Local.ValueType.Kind == TypeKind::Record ||
                Local.ValueType.Kind == TypeKind::Array;
  return M.Places.local(IsWide ? F.Value : Owner, L);
}

/// Whether the way to the field at \p Address passes through a union.
bool Frame::isInUnion(ExprId Address) const {
  const Expr *E = &Body.Exprs[Address];
  for (; E->Kind == ExprKind::Field || E->Kind == ExprKind::Element ||
         E->Kind == ExprKind::Cast;
       E = &Body.Exprs[Body.Exprs.operand(*E, 0)])
    if (E->Kind == ExprKind::Field &&
        M.P[Module.field(FieldId(static_cast<uint32_t>(E->Value)))].IsInUnion)
      return true;
  return false;
}

/// A load through a pointer that may lead anywhere, or nowhere.
Value Frame::loadAnywhere(const Expr &E) {
  ExprId Address = Body.Exprs.operand(E, 0);
  if (isNull(Address))
    return Value();
  FieldId Field = fieldNamed(Body, Address);
  if (!Field.isValid() || isInUnion(Address))
    return Value::unknown();
  return M.Memory.loadField(Module.field(Field), Reader);
}

Value Frame::evaluateLoad(const Expr &E) {
  Value Address = evaluate(Body.Exprs.operand(E, 0));
  if (Address.isNothing())
    return Address;
  if (!Address.isSet())
    return loadAnywhere(E);
  Value Loaded;
  bool IsSomewhere = false;
  for (Atom A : Address.atoms()) {
    if (A.isZero())
      continue;
    if (!isReal(placeOf(A)))
      return loadAnywhere(E);
    IsSomewhere = true;
    Loaded = hull(Loaded, M.Memory.load(placeOf(A), Reader));
  }
  return IsSomewhere ? Loaded : Value::unknown();
}

/// An array object's elements, told apart if their indices are known.
Value Frame::elementsAt(PlaceId Array, const Value &Index) {
  static constexpr int64_t MaxIndex = 4096;
  ObjectId O = M.Places[Array].Object;
  bool IsTold = Index.isAllNumbers() && Index.low() >= 0 &&
                Index.high() < MaxIndex && M.Places.isWhole(Array) &&
                M.Places.isGlobal(O) && M.P[O].Definition &&
                M.P[O].Definition->IsArray;
  // A pointer that moves on from one element may come to any other.
  if (!IsTold)
    return addressOf(M.Places.element(
        M.Places[Array].Index ? M.Places[Array].Parent : Array));
  Value All;
  for (Atom A : Index.atoms())
    All = hull(
        All, addressOf(M.Places.element(Array, static_cast<uint32_t>(A.Bits))));
  return All;
}

/// A part of what a pointer leads to, or what it is a part of.
Value Frame::evaluatePart(const Expr &E) {
  Value Base = evaluate(Body.Exprs.operand(E, 0));
  if (Base.isNothing())
    return Base;
  Value Unnamed = Base.canBeZero() ? Value::unknown() : Value::nonZero();
  if (!Base.isSet())
    return Unnamed;
  Value All;
  for (Atom A : Base.atoms()) {
    PlaceId P = placeOf(A);
    if (A.isZero())
      continue;
    if (!P.isValid())
      return Unnamed;
    if (E.Kind == ExprKind::Element) {
      All = hull(All, elementsAt(P, evaluate(Body.Exprs.operand(E, 1))));
      continue;
    }
    FieldKey Field = Module.field(FieldId(static_cast<uint32_t>(E.Value)));
    All = hull(All, addressOf(E.Kind == ExprKind::Field
                                  ? M.Places.field(P, Field)
                                  : M.Places.container(P, Field)));
  }
  return All.isNothing() ? Value::unknown() : All;
}

/// Whether \p E is what a global holds.
bool Frame::isMask(ExprId E) const {
  const Expr *X = &Body.Exprs[E];
  while (X->Kind == ExprKind::Cast)
    X = &Body.Exprs[Body.Exprs.operand(*X, 0)];
  if (X->Kind != ExprKind::Load)
    return false;
  do
    X = &Body.Exprs[Body.Exprs.operand(*X, 0)];
  while (X->Kind == ExprKind::Field || X->Kind == ExprKind::Element);
  return X->Kind == ExprKind::Object;
}

/// Whether both may name one place that stands for many: equal names need not
/// be equal pointers.
bool Frame::mayBeOthers(const Value &A, const Value &B) const {
  return llvm::any_of(A.atoms(), [&](Atom One) {
    PlaceId P = placeOf(One);
    return P.isValid() && llvm::is_contained(B.atoms(), One) &&
           M.Places.isMany(P);
  });
}

/// Whether \p V leads to one of several copies, which share a place.
bool Frame::isCopied(const Value &V) const {
  return V.isSet() && !V.isNothing() && llvm::all_of(V.atoms(), [&](Atom A) {
           return placeOf(A).isValid() && M.Places.hasCopies(placeOf(A));
         });
}

Value Frame::evaluateBinary(const Expr &E) {
  auto Op = static_cast<BinaryKind>(E.Op);
  ExprId Left = Body.Exprs.operand(E, 0), Right = Body.Exprs.operand(E, 1);
  if ((M.IsUnmasked || !M.Has.Masks) && Op == BinaryKind::And) {
    if (isMask(Right))
      return evaluate(Left);
    if (isMask(Left))
      return evaluate(Right);
  }
  Value A = evaluate(Left), B = evaluate(Right);
  bool IsEquality = Op == BinaryKind::Equal || Op == BinaryKind::NotEqual;
  if (IsEquality && mayBeOthers(A, B))
    return join(Value::number(0), Value::number(1));
  if (Op == BinaryKind::Add) {
    bool IsLeftCopied = isCopied(A);
    if (IsLeftCopied != isCopied(B))
      return IsLeftCopied ? A : B;
  }
  Value V = applyBinary(Op, A, B, Body.Exprs[Left], E);
  bool IsTest = Op >= BinaryKind::Less;
  if (!IsTest) {
    lose(A, V);
    lose(B, V);
  }
  return V;
}

Value Frame::evaluateJoin(const Expr &E) {
  Value All;
  for (uint32_t I = 0; I < E.Operands.Count; ++I) {
    Value One = evaluate(Body.Exprs.operand(E, I)), Before = All;
    All = hull(All, One);
    lose(One, All);
    lose(Before, All);
  }
  return All;
}

/// A tree without operands.
Value Frame::evaluateLeaf(ExprId Id) {
  const Expr &E = Body.Exprs[Id];
  switch (E.Kind) {
  case ExprKind::Constant:
    return Value::number(E.Value);
  case ExprKind::String:
  case ExprKind::ParamSlot:
    return Value::nonZero();
  case ExprKind::Local:
    return addressOf(localPlace(LocalId(static_cast<uint32_t>(E.Value))));
  case ExprKind::Function:
    return Value::atom({Module.function(Body.Exprs.symbol(Id)).Value,
                        Atom::AtomKind::Function});
  case ExprKind::Object:
    return addressOf(M.Places.whole(Module.object(Body.Exprs.symbol(Id))));
  case ExprKind::Param:
    return static_cast<size_t>(E.Value) < Args.size() ? Args[E.Value]
                                                      : Value::unknown();
  case ExprKind::Reference:
    return Results[Body.Exprs.event(Id).Value];
  default:
    return Value::unknown();
  }
}

Value Frame::evaluateConditional(const Expr &E) {
  ExprId Test = Body.Exprs.operand(E, 0);
  Value Outcome = evaluate(Test), Either;
  if (Outcome.canBeNonZero())
    Either = evaluateArm(Body.Exprs.operand(E, 1), Test, true);
  if (Outcome.canBeZero())
    Either = hull(Either, evaluateArm(Body.Exprs.operand(E, 2), Test, false));
  return Either;
}

Value Frame::evaluate(ExprId Id) {
  if (!Id.isValid())
    return Value::unknown();
  const Expr &E = Body.Exprs[Id];
  if (const Value *Known = assumption(Id))
    return *Known;
  switch (E.Kind) {
  case ExprKind::Join:
    return evaluateJoin(E);
  case ExprKind::Load:
    return evaluateLoad(E);
  case ExprKind::Field:
  case ExprKind::Container:
  case ExprKind::Element:
    return evaluatePart(E);
  case ExprKind::Unary:
    return applyUnary(static_cast<UnaryKind>(E.Op),
                      evaluate(Body.Exprs.operand(E, 0)), E);
  case ExprKind::Binary:
    return evaluateBinary(E);
  case ExprKind::Conditional:
    return evaluateConditional(E);
  case ExprKind::Cast: {
    Value Before = evaluate(Body.Exprs.operand(E, 0));
    Value V = applyCast(Before, E);
    lose(Before, V);
    return V;
  }
  default:
    return evaluateLeaf(Id);
  }
}

bool Frame::isTaken(const Block &B, const Edge &E,
                    const Value &Condition) const {
  if (!M.Has.Guards && !Condition.isNothing())
    return true;
  auto CanBe = [&](const Edge &Case) {
    if (!Condition.isAllNumbers())
      return true;
    return llvm::any_of(Condition.atoms(), [&](Atom A) {
      return Case.Low <= A.Bits && A.Bits <= Case.High;
    });
  };
  auto MustBe = [&](Atom A) {
    const Edge *First = &Body.Edges[B.Edges.First];
    return std::any_of(First, First + B.Edges.Count, [&](const Edge &Case) {
      return Case.Kind == EdgeKind::Case && Case.Low <= A.Bits &&
             A.Bits <= Case.High;
    });
  };
  switch (E.Kind) {
  case EdgeKind::True:
    return Condition.canBeNonZero();
  case EdgeKind::False:
    return Condition.canBeZero();
  case EdgeKind::Case:
    return !Condition.isNothing() && CanBe(E);
  case EdgeKind::Default:
    if (Condition.isAllNumbers())
      return !llvm::all_of(Condition.atoms(), MustBe);
    return !Condition.isNothing();
  case EdgeKind::Always:
  case EdgeKind::AsmLabel:
  case EdgeKind::Computed:
    return true;
  }
  return true;
}
