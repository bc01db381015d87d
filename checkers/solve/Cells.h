//===- Cells.h - the places of a program and what expressions read --------===//

#ifndef BOOTORDER_SOLVE_CELLS_H
#define BOOTORDER_SOLVE_CELLS_H

#include "solve/PointerFlow.h"
#include "llvm/ADT/SmallVector.h"

namespace bootorder {

/// Cells by what they stand for, made on demand.
class CellMap {
public:
  CellMap(const Program &P, PointerFlow &Flow);

  CellId field(FieldKey F) { return at(Fields[F.Value]); }
  /// Contents of an object that are in no field: scalars and arrays of them.
  CellId object(ObjectId O) { return at(Objects[O.Value]); }
  CellId param(FunctionId F, uint32_t Index);
  CellId result(FunctionId F) { return at(Results[F.Value]); }
  CellId local(FunctionId F, LocalId L);
  /// What an indirect call or an asm statement yields.
  CellId event(FunctionId F, EventId E);

  PointerFlow &flow() { return Flow; }

  /// Whether a place of type \p T may hold a function, or lead to one through
  /// its address. Pointers to records do not: their fields are the same cells
  /// in every object. Nor do integers that a typedef gives another meaning
  /// (`size_t`): function addresses kept as numbers are `unsigned long`.
  bool canHold(const FactsModule &Facts, const Type &T) const;
  /// The same for a parameter of \p F; variadic ones can.
  bool canHoldParam(FunctionId F, uint32_t Index) const;
  bool canHoldResult(FunctionId F) const;
  /// Whether \p O holds pointers that code may reach through its address.
  bool isWorthPointingTo(ObjectId O) const;

private:
  CellId at(CellId &Slot);
  CellId shared(uint32_t Space, FunctionId F, uint32_t Index);

  const Program &P;
  PointerFlow &Flow;
  llvm::DenseSet<llvm::StringRef> Records; ///< that have fields
  std::vector<CellId> Fields, Objects, Results;
  llvm::DenseMap<std::pair<uint64_t, uint32_t>, CellId> Others;
};

/// A value that an expression may have.
struct Source {
  CellId Cell;         ///< whatever this cell holds, or
  FunctionId Function; ///< this function, or
  CellId Place;        ///< the address of this cell
};
using SourceList = llvm::SmallVector<Source, 4>;

/// Reads the expressions of one function as constraints.
class ExprReader {
public:
  ExprReader(const Program &P, CellMap &Cells, FunctionId F);

  /// Values of \p Value that may be functions or lead to some. Constraints for
  /// loads through pointers are added on the way.
  SourceList values(ExprId Value);
  /// Cells that the address \p Address may name.
  llvm::SmallVector<CellId, 2> places(ExprId Address);
  /// Adds \p Values to what is at \p Address.
  void store(ExprId Address, const SourceList &Values, EvidenceId Why);
  void flowInto(CellId To, const SourceList &Values, EvidenceId Why);
  /// Inputs of an inline assembly statement, and what they point to.
  SourceList asmInputs(const AsmStatement &Asm);
  /// Whether the tree's width lets it hold a pointer.
  bool mayPoint(ExprId E) const;

private:
  void collect(ExprId E, SourceList &Out);
  void collectReference(EventId E, SourceList &Out);
  void collectPlaces(ExprId E, llvm::SmallVectorImpl<CellId> &Out,
                     llvm::SmallVectorImpl<ExprId> &Pointers);
  CellId pointerCell(llvm::ArrayRef<ExprId> Pointers);

  const Program &P;
  CellMap &Cells;
  FunctionId F;
  const ProgramModule &M;
  const Function &Body;
  struct Nesting;
  unsigned Depth = 0;
  /// Definitions looked through for their value, or for where it points.
  llvm::SmallVector<EventId, 8> Seen, SeenPlaces;
};

} // namespace bootorder

#endif // BOOTORDER_SOLVE_CELLS_H
