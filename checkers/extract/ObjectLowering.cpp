//===- ObjectLowering.cpp - globals and their initial values --------------===//

#include "extract/FunctionLowering.h"
#include "extract/ValueLowering.h"
#include "clang/AST/Attr.h"
#include "clang/AST/Decl.h"

using namespace bootorder;
using namespace clang;

namespace {

/// Longer tables of plain numbers keep only that they are not all zero.
constexpr unsigned MaxNumbers = 256;

class InitializerLowering {
public:
  InitializerLowering(Naming &Names, Object &Out)
      : Names(Names), Out(Out), Values(Names, Out.Exprs, /*Scope=*/nullptr) {}

  void lower(const clang::Expr &Init, QualType T) {
    const clang::Expr *Plain = plainExpression(&Init);
    if (const auto *Literal =
            dyn_cast<CompoundLiteralExpr>(Plain->IgnoreParenImpCasts()))
      if (!T->isPointerType())
        return lower(*Literal->getInitializer(), T);
    if (const auto *List = dyn_cast<InitListExpr>(Plain)) {
      if (List->isSyntacticForm() && List->getSemanticForm())
        List = List->getSemanticForm();
      return lowerList(*List, T);
    }
    lowerLeaf(Init);
  }

private:
  void lowerList(const InitListExpr &List, QualType T) {
    if (const auto *Record = T->getAsRecordDecl())
      return Record->isUnion() ? lowerUnion(List) : lowerRecord(List, *Record);
    if (T->isArrayType())
      return lowerArray(List, T->getAsArrayTypeUnsafe()->getElementType());
    if (List.getNumInits())
      lower(*List.getInit(0), T);
  }

  void lowerUnion(const InitListExpr &List) {
    const FieldDecl *Part = List.getInitializedFieldInUnion();
    if (Part && List.getNumInits())
      lowerPart(*Part, *List.getInit(0));
  }

  void lowerRecord(const InitListExpr &List, const RecordDecl &Record) {
    unsigned Index = 0;
    for (const FieldDecl *Part : Record.fields()) {
      if (Part->isUnnamedBitField() || Index >= List.getNumInits())
        continue;
      lowerPart(*Part, *List.getInit(Index++));
    }
  }

  void lowerPart(const FieldDecl &Part, const clang::Expr &Init) {
    if (isa<ImplicitValueInitExpr, NoInitExpr>(Init))
      return;
    bool IsNamed = !Part.isAnonymousStructOrUnion();
    if (IsNamed)
      Steps.push_back({Names.field(Part), 0});
    lower(Init, Part.getType());
    if (IsNamed)
      Steps.pop_back();
  }

  void lowerArray(const InitListExpr &List, QualType Element) {
    if (Element->isArithmeticType() && List.getNumInits() > MaxNumbers)
      return addUnknownElements(List);
    const clang::Expr *Previous = nullptr;
    for (unsigned I = 0; I < List.getNumInits(); ++I) {
      const clang::Expr *Init = List.getInit(I);
      if (Init == Previous) // [a ... b] = x
        continue;
      Previous = Init;
      if (isa<ImplicitValueInitExpr, NoInitExpr>(Init))
        continue;
      bool IsRange = I + 1 < List.getNumInits() && List.getInit(I + 1) == Init;
      Steps.push_back({FieldId(), IsRange ? PathStep::Any : I});
      lower(*Init, Element);
      Steps.pop_back();
    }
  }

  void addUnknownElements(const InitListExpr &List) {
    Steps.push_back({FieldId(), PathStep::Any});
    add(Values.unknown(UnknownKind::Aggregate), List.getBeginLoc());
    Steps.pop_back();
  }

  void lowerLeaf(const clang::Expr &Init) {
    size_t Nodes = Out.Exprs.Nodes.size(), Operands = Out.Exprs.Operands.size();
    ExprId Value = Values.value(&Init);
    const bootorder::Expr &E = Out.Exprs[Value];
    if (E.Kind == ExprKind::Constant && E.Value == 0) {
      Out.Exprs.Nodes.resize(Nodes);
      Out.Exprs.Operands.resize(Operands);
      return;
    }
    add(Value, Init.getBeginLoc());
  }

  void add(ExprId Value, SourceLocation Loc) {
    InitialValue Part;
    Part.Path = {static_cast<uint32_t>(Out.Path.size()),
                 static_cast<uint32_t>(Steps.size())};
    Out.Path.insert(Out.Path.end(), Steps.begin(), Steps.end());
    Part.Value = Value;
    Part.Loc = Names.location(Loc);
    Out.Initial.push_back(Part);
  }

  Naming &Names;
  Object &Out;
  ValueLowering Values;
  std::vector<PathStep> Steps;
};

} // namespace

void bootorder::lowerObject(const VarDecl &V, Naming &Names) {
  Object Out;
  Out.Symbol = Names.object(V);
  Out.Loc = Names.location(V.getLocation());
  Out.Macro = Names.macro(V.getLocation());
  if (const auto *Section = V.getAttr<SectionAttr>())
    Out.Section = Names.Facts.string(Section->getName());
  Out.ValueType = Names.type(V.getType());
  Out.IsArray = V.getType()->isArrayType();
  Out.IsConst = V.getType().isConstQualified();
  Out.IsDefinition =
      V.isThisDeclarationADefinition() != VarDecl::DeclarationOnly;
  if (const clang::Expr *Init = V.getInit())
    InitializerLowering(Names, Out).lower(*Init, V.getType());
  Names.Facts.Module.Objects.push_back(std::move(Out));
}
