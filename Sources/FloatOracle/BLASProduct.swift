internal import CBLAS
public import Ops

/// Matrix products by BLAS, in double precision.
///
/// A product of two codes and a sum of 2^20 such products are exact in 53 bits, and scales add an
/// error of 2^-52 of the result per term: float rounding is no part of the bounds that the oracle
/// is compared against.
public struct BLASProduct: MatrixProduct {
  /// Makes the product.
  public init() {}

  /// `left` (rows x inner) times `right` (inner x columns), all row-major.
  ///
  /// - Precondition: the matrices have these extents, and each fits 31 bits.
  public func multiply(
    _ left: [Double], _ right: [Double], rows: Int, inner: Int, columns: Int
  ) -> [Double] {
    precondition(min(rows, inner, columns) >= 0, "no extent of a matrix is negative")
    precondition(left.count == rows * inner, "the left matrix has rows x inner elements")
    precondition(right.count == inner * columns, "the right matrix has inner x columns elements")
    var product = [Double](repeating: 0, count: rows * columns)
    // BLAS takes no leading dimension of 0; a sum of no terms is 0.
    guard rows > 0, inner > 0, columns > 0 else { return product }
    guard let m = CInt(exactly: rows), let k = CInt(exactly: inner), let n = CInt(exactly: columns)
    else { preconditionFailure("\(rows) x \(inner) x \(columns) passes BLAS's 32-bit extents") }
    cblas_dgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1, left, k, right, n, 0, &product, n)
    return product
  }
}
