//===- Cells.cpp - the places of a program and what expressions read ------===//

#include "solve/Cells.h"
#include "llvm/ADT/STLExtras.h"

using namespace bootorder;

CellMap::CellMap(const Program &P, PointerFlow &Flow)
    : P(P), Flow(Flow), Fields(P.Fields.size()), Objects(P.Objects.size()),
      Results(P.Functions.size()) {
  for (const ProgramField &F : P.Fields)
    Records.insert(F.Record);
}

bool CellMap::canHold(const FactsModule &Facts, const Type &T) const {
  switch (T.Kind) {
  case TypeKind::Void: // no type is known
  case TypeKind::FunctionPointer:
    return true;
  case TypeKind::Pointer:
  case TypeKind::Array:
    return !T.Name.isValid() || !Records.count(Facts.str(T.Name));
  case TypeKind::Integer:
    return !T.Name.isValid() && T.Bits >= P.PointerBits;
  case TypeKind::Floating:
    return T.Bits == 0; // a type the facts have no word for
  case TypeKind::Bool:
  case TypeKind::Enum:
  case TypeKind::Record:
    return false;
  }
  return true;
}

bool CellMap::canHoldParam(FunctionId F, uint32_t Index) const {
  if (!P[F].Signature.isValid())
    return true;
  const FactsModule &Facts = *P.moduleOf(F).Facts;
  const std::vector<Type> &Params = Facts[P[F].Signature].Params;
  return Index >= Params.size() || canHold(Facts, Params[Index]);
}

bool CellMap::isWorthPointingTo(ObjectId O) const {
  const Object *Definition = P[O].Definition;
  return Definition && Definition->ValueType.Kind != TypeKind::Integer &&
         canHold(*P.moduleOf(O).Facts, Definition->ValueType);
}

bool CellMap::canHoldResult(FunctionId F) const {
  if (!P[F].Signature.isValid())
    return true;
  const FactsModule &Facts = *P.moduleOf(F).Facts;
  return canHold(Facts, Facts[P[F].Signature].Result);
}

CellId CellMap::at(CellId &Slot) {
  if (!Slot.isValid())
    Slot = Flow.newCell();
  return Slot;
}

CellId CellMap::shared(uint32_t Space, FunctionId F, uint32_t Index) {
  CellId &Slot = Others[{uint64_t(Space) << 32 | F.Value, Index}];
  return at(Slot);
}

CellId CellMap::param(FunctionId F, uint32_t Index) {
  return shared(0, F, Index);
}
CellId CellMap::local(FunctionId F, LocalId L) { return shared(1, F, L.Value); }
CellId CellMap::event(FunctionId F, EventId E) { return shared(2, F, E.Value); }

/// What has been looked through is forgotten when the outermost call ends:
/// chains of loads through locals may come back to where they began.
struct ExprReader::Nesting {
  explicit Nesting(ExprReader &R) : R(R) { ++R.Depth; }
  ~Nesting() {
    if (--R.Depth != 0)
      return;
    R.Seen.clear();
    R.SeenPlaces.clear();
  }
  ExprReader &R;
};

ExprReader::ExprReader(const Program &P, CellMap &Cells, FunctionId F)
    : P(P), Cells(Cells), F(F), M(P.moduleOf(F)), Body(*P[F].Body) {}

bool ExprReader::mayPoint(ExprId E) const {
  if (!E.isValid())
    return false;
  uint8_t Bits = Body.Exprs[E].Bits;
  return Bits == 0 || Bits >= P.PointerBits;
}

void ExprReader::collectReference(EventId Id, SourceList &Out) {
  if (llvm::is_contained(Seen, Id))
    return;
  Seen.push_back(Id);
  const Event &E = Body.Events[Id.Value];
  if (E.Kind == EventKind::Define)
    return collect(E.Value, Out);
  if (E.Kind == EventKind::Call &&
      Body.Exprs[E.Target].Kind == ExprKind::Function) {
    FunctionId Callee = M.function(Body.Exprs.symbol(E.Target));
    if (Cells.canHoldResult(Callee))
      Out.push_back({Cells.result(Callee), FunctionId(), CellId()});
    return;
  }
  Out.push_back({Cells.event(F, Id), FunctionId(), CellId()});
}

void ExprReader::collect(ExprId Id, SourceList &Out) {
  if (!Id.isValid())
    return;
  const Expr &E = Body.Exprs[Id];
  auto AddCell = [&](CellId C) { Out.push_back({C, FunctionId(), CellId()}); };
  auto AddPlace = [&](CellId C) { Out.push_back({CellId(), FunctionId(), C}); };
  switch (E.Kind) {
  case ExprKind::Function:
    Out.push_back({CellId(), M.function(Body.Exprs.symbol(Id)), CellId()});
    return;
  case ExprKind::Object: {
    ObjectId O = M.object(Body.Exprs.symbol(Id));
    if (Cells.isWorthPointingTo(O))
      AddPlace(Cells.object(O));
    return;
  }
  case ExprKind::Local:
    if (Body.Locals[E.Value].ValueType.Kind != TypeKind::Integer &&
        Cells.canHold(*M.Facts, Body.Locals[E.Value].ValueType))
      AddPlace(Cells.local(F, LocalId(static_cast<uint32_t>(E.Value))));
    return;
  case ExprKind::ParamSlot:
    if (Cells.canHoldParam(F, static_cast<uint32_t>(E.Value)))
      AddPlace(Cells.param(F, static_cast<uint32_t>(E.Value)));
    return;
  case ExprKind::Param:
    if (!Cells.canHoldParam(F, static_cast<uint32_t>(E.Value)))
      return;
    return AddCell(Cells.param(F, static_cast<uint32_t>(E.Value)));
  case ExprKind::Reference:
    return collectReference(Body.Exprs.event(Id), Out);
  case ExprKind::Load:
    for (CellId C : places(Body.Exprs.operand(E, 0)))
      AddCell(C);
    return;
  case ExprKind::Join:
  case ExprKind::Binary:
  case ExprKind::Conditional:
    for (uint32_t I = E.Kind == ExprKind::Conditional; I < E.Operands.Count;
         ++I)
      collect(Body.Exprs.operand(E, I), Out);
    return;
  case ExprKind::Element:
  case ExprKind::Cast:
    return collect(Body.Exprs.operand(E, 0), Out);
  case ExprKind::Unknown:
  case ExprKind::Constant:
  case ExprKind::String:
  case ExprKind::Field:
  case ExprKind::Container:
  case ExprKind::Unary:
    return;
  }
}

SourceList ExprReader::values(ExprId Value) {
  SourceList Out;
  Nesting Guard(*this);
  if (mayPoint(Value))
    collect(Value, Out);
  return Out;
}

void ExprReader::collectPlaces(ExprId Id, llvm::SmallVectorImpl<CellId> &Out,
                               llvm::SmallVectorImpl<ExprId> &Pointers) {
  if (!Id.isValid())
    return;
  const Expr &E = Body.Exprs[Id];
  switch (E.Kind) {
  case ExprKind::Object:
    Out.push_back(Cells.object(M.object(Body.Exprs.symbol(Id))));
    return;
  case ExprKind::Local:
    Out.push_back(Cells.local(F, LocalId(static_cast<uint32_t>(E.Value))));
    return;
  case ExprKind::ParamSlot:
    Out.push_back(Cells.param(F, static_cast<uint32_t>(E.Value)));
    return;
  case ExprKind::Field:
    Out.push_back(Cells.field(M.field(Body.Exprs.field(Id))));
    return;
  case ExprKind::Element:
  case ExprKind::Cast:
  case ExprKind::Binary:
    return collectPlaces(Body.Exprs.operand(E, 0), Out, Pointers);
  case ExprKind::Join:
  case ExprKind::Conditional:
    for (uint32_t I = E.Kind == ExprKind::Conditional; I < E.Operands.Count;
         ++I)
      collectPlaces(Body.Exprs.operand(E, I), Out, Pointers);
    return;
  case ExprKind::Reference: {
    EventId Definition = Body.Exprs.event(Id);
    if (Body.Events[Definition.Value].Kind != EventKind::Define) {
      Pointers.push_back(Id);
    } else if (!llvm::is_contained(SeenPlaces, Definition)) {
      SeenPlaces.push_back(Definition);
      collectPlaces(Body.Events[Definition.Value].Value, Out, Pointers);
    }
    return;
  }
  case ExprKind::Param:
  case ExprKind::Load:
    Pointers.push_back(Id);
    return;
  default:
    return;
  }
}

CellId ExprReader::pointerCell(llvm::ArrayRef<ExprId> Pointers) {
  CellId Address = Cells.flow().newCell();
  for (ExprId Pointer : Pointers)
    flowInto(Address, values(Pointer), EvidenceId());
  return Address;
}

llvm::SmallVector<CellId, 2> ExprReader::places(ExprId Address) {
  Nesting Guard(*this);
  llvm::SmallVector<CellId, 2> Out;
  llvm::SmallVector<ExprId, 2> Pointers;
  collectPlaces(Address, Out, Pointers);
  if (!Pointers.empty()) {
    CellId Loaded = Cells.flow().newCell();
    Cells.flow().loadThrough(pointerCell(Pointers), Loaded);
    Out.push_back(Loaded);
  }
  return Out;
}

void ExprReader::flowInto(CellId To, const SourceList &Values, EvidenceId Why) {
  for (const Source &S : Values) {
    if (S.Cell.isValid())
      Cells.flow().connect(S.Cell, To);
    else
      Cells.flow().add(To, {S.Function, S.Place, Why});
  }
}

void ExprReader::store(ExprId Address, const SourceList &Values,
                       EvidenceId Why) {
  if (Values.empty())
    return;
  Nesting Guard(*this);
  llvm::SmallVector<CellId, 2> Out;
  llvm::SmallVector<ExprId, 2> Pointers;
  collectPlaces(Address, Out, Pointers);
  for (CellId Place : Out)
    flowInto(Place, Values, Why);
  if (Pointers.empty())
    return;
  CellId Stored = Cells.flow().newCell();
  flowInto(Stored, Values, Why);
  Cells.flow().storeThrough(pointerCell(Pointers), Stored);
}

SourceList ExprReader::asmInputs(const AsmStatement &Asm) {
  SourceList Out;
  for (uint32_t I = 0; I < Asm.Inputs.Count; ++I) {
    ExprId Input = Body.Exprs.Operands[Asm.Inputs.First + I];
    Out.append(values(Input));
    llvm::SmallVector<ExprId, 2> Pointers;
    llvm::SmallVector<CellId, 2> Places;
    Nesting Guard(*this);
    collectPlaces(Input, Places, Pointers);
    for (CellId Place : Places)
      Out.push_back({Place, FunctionId(), CellId()});
  }
  return Out;
}
