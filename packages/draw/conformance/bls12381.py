"""BLS signatures on G1 of BLS12-381 (scheme bls-unchained-g1-rfc9380), in plain Python integers.

Section 5.1 of SPEC.md. Slow (about a second for a signature) and not for secrets: it only verifies.
"""

import hashlib

from isogeny import X_DEN, X_NUM, Y_DEN, Y_NUM

P = 0x1A0111EA397FE69A4B1BA7B6434BACD764774B84F38512BF6730D2A0F6B0F6241EABFFFEB153FFFFB9FEFFFFFFFFAAAB
R = 0x73EDA753299D7D483339D80809A1D80553BDA402FFFE5BFEFFFFFFFF00000001
X = 0xD201000000010000  # the curve's parameter is -X
H_EFF = 0xD201000000010001
DOMAIN = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
G2 = (
    (
        0x024AA2B2F08F0A91260805272DC51051C6E47AD4FA403B02B4510B647AE3D1770BAC0326A805BBEFD48056C8C121BDB8,
        0x13E02B6052719F607DACD3A088274F65596BD0D09920B61AB5DA61BBDC7F5049334CF11213945D57E5AC7D055D042B7E,
    ),
    (
        0x0CE5D527727D6E118CC9CDC6DA2E351AADFD9BAA8CBDD3A76D429A695160D12C923AC9CC3BACA289E193548608B82801,
        0x0606C4A02EA734CC32ACD2B02BC28B99CB3E287E85A763AF267492AB572E99AB3F370D275CEC1DA1AAA9075FF05F79BE,
    ),
)


class NoPoint(ValueError):
    """Bytes that are not the only encoding of a point of the subgroup."""


def is_signature(public_key, message, signature):
    """Whether 48 bytes are the signature of a message by a 96-byte key; never raises."""
    try:
        point = decode_g1(signature)
        key = decode_g2(public_key)
    except NoPoint:
        return False
    hashed = hash_to_g1(message)
    # e(signature, g2) = e(hashed, key), as one product
    return product_is_one([(negate(point), G2), (hashed, key)])


# --- G1: points are (x, y) or None for infinity


def negate(point):
    return None if point is None else (point[0], -point[1] % P)


def add_g1(left, right):
    if left is None:
        return right
    if right is None:
        return left
    (x1, y1), (x2, y2) = left, right
    if x1 == x2:
        if (y1 + y2) % P == 0:
            return None
        slope = 3 * x1 * x1 * pow(2 * y1, -1, P) % P
    else:
        slope = (y2 - y1) * pow(x2 - x1, -1, P) % P
    x3 = (slope * slope - x1 - x2) % P
    return (x3, (slope * (x1 - x3) - y1) % P)


def multiply_g1(point, scalar):
    result = None
    for bit in bin(scalar)[2:]:
        result = add_g1(result, result)
        if bit == "1":
            result = add_g1(result, point)
    return result


def decode_g1(data):
    """The point of 48 bytes in compressed form: not infinity, x below P, on the curve, in the subgroup."""
    if len(data) != 48 or not data[0] & 0x80 or data[0] & 0x40:
        raise NoPoint("no compressed point")
    x = int.from_bytes(data, "big") & ((1 << 381) - 1)
    if x >= P:
        raise NoPoint("x is not below the prime")
    square = (x * x * x + 4) % P
    y = pow(square, (P + 1) // 4, P)
    if y * y % P != square:
        raise NoPoint("not on the curve")
    if (y > (P - 1) // 2) != bool(data[0] & 0x20):
        y = P - y
    if multiply_g1((x, y), R) is not None:
        raise NoPoint("not in the subgroup")
    return (x, y)


# --- hash to G1 (RFC 9380)


def hash_to_g1(message):
    first, second = (map_to_curve(u) for u in hash_to_field(message))
    return multiply_g1(add_g1(first, second), H_EFF)


def hash_to_field(message):
    uniform = expand_message(message, 128)
    return [int.from_bytes(uniform[at : at + 64], "big") % P for at in (0, 64)]


def expand_message(message, length):
    """expand_message_xmd with SHA-256 (RFC 9380, 5.3.1)."""
    domain = DOMAIN + bytes([len(DOMAIN)])
    first = hashlib.sha256(bytes(64) + message + length.to_bytes(2, "big") + b"\x00" + domain).digest()
    block = hashlib.sha256(first + b"\x01" + domain).digest()
    uniform = block
    for number in range(2, length // 32 + 1):
        mixed = bytes(a ^ b for a, b in zip(first, block))
        block = hashlib.sha256(mixed + bytes([number]) + domain).digest()
        uniform += block
    return uniform


def map_to_curve(u):
    """Simplified SWU (RFC 9380, 6.6.2, 8.8.1) on the isogenous curve, then the isogeny."""
    a = 0x144698A3B8E9433D693A02C96D4982B0EA985383EE66A8D8E8981AEFD881AC98936F8DA0E0F97F5CF428082D584C1D
    b = 0x12E2908D11688030018B12E8753EEE3B2016C1F0F24F4070A0B9C14FCEF35EF55A23215A316CEAA5D1CC48E98E172BE0
    z = 11
    tv1 = (z * z * pow(u, 4, P) + z * u * u) % P
    if tv1 == 0:
        x = b * pow(z * a, -1, P) % P
    else:
        x = -b * pow(a, -1, P) * (1 + pow(tv1, -1, P)) % P
    square = (x * x * x + a * x + b) % P
    y = pow(square, (P + 1) // 4, P)
    if y * y % P != square:
        x = z * u * u * x % P
        square = (x * x * x + a * x + b) % P
        y = pow(square, (P + 1) // 4, P)
    if u % 2 != y % 2:
        y = P - y
    x_den, y_den = polynomial(X_DEN, x), polynomial(Y_DEN, x)
    if x_den == 0 or y_den == 0:
        return None
    return (polynomial(X_NUM, x) * pow(x_den, -1, P) % P, y * polynomial(Y_NUM, x) * pow(y_den, -1, P) % P)


def polynomial(coefficients, x):
    value = 0
    for coefficient in reversed(coefficients):
        value = (value * x + coefficient) % P
    return value


# --- Fp2: (a, b) is a + b u, u^2 = -1


def add2(x, y):
    return ((x[0] + y[0]) % P, (x[1] + y[1]) % P)


def sub2(x, y):
    return ((x[0] - y[0]) % P, (x[1] - y[1]) % P)


def mul2(x, y):
    a, b = x
    c, d = y
    ac, bd = a * c, b * d
    return ((ac - bd) % P, ((a + b) * (c + d) - ac - bd) % P)


def scale2(x, factor):
    return (x[0] * factor % P, x[1] * factor % P)


def inv2(x):
    norm = pow(x[0] * x[0] + x[1] * x[1], -1, P)
    return (x[0] * norm % P, -x[1] * norm % P)


def pow2(x, exponent):
    result = (1, 0)
    for bit in bin(exponent)[2:]:
        result = mul2(result, result)
        if bit == "1":
            result = mul2(result, x)
    return result


def sqrt2(x):
    """A square root in Fp2 for P = 3 mod 4, or None."""
    a1 = pow2(x, (P - 3) // 4)
    root = mul2(a1, x)
    alpha = mul2(a1, root)
    if alpha == (P - 1, 0):
        root = mul2((0, 1), root)
    else:
        root = mul2(pow2(add2((1, 0), alpha), (P - 1) // 2), root)
    return root if mul2(root, root) == x else None


# --- G2: points over Fp2 on y^2 = x^3 + 4 (1 + u)


def line_and_sum(left, right):
    """Slope of the line through two points of G2 and their sum; None where the line is vertical."""
    (x1, y1), (x2, y2) = left, right
    if left == right:
        slope = mul2(scale2(mul2(x1, x1), 3), inv2(scale2(y1, 2)))
    elif x1 == x2:
        return None
    else:
        slope = mul2(sub2(y2, y1), inv2(sub2(x2, x1)))
    x3 = sub2(sub2(mul2(slope, slope), x1), x2)
    return slope, (x3, sub2(mul2(slope, sub2(x1, x3)), y1))


def decode_g2(data):
    """The point of 96 bytes in compressed form. The key is pinned, so its subgroup is not checked again."""
    if len(data) != 96 or not data[0] & 0x80 or data[0] & 0x40:
        raise NoPoint("no compressed point")
    imaginary = int.from_bytes(data[:48], "big") & ((1 << 381) - 1)
    real = int.from_bytes(data[48:], "big")
    if imaginary >= P or real >= P:
        raise NoPoint("x is not below the prime")
    x = (real, imaginary)
    y = sqrt2(add2(mul2(mul2(x, x), x), (4, 4)))
    if y is None:
        raise NoPoint("not on the curve")
    largest = y[1] > (P - 1) // 2 if y[1] else y[0] > (P - 1) // 2
    if largest != bool(data[0] & 0x20):
        y = (-y[0] % P, -y[1] % P)
    return (x, y)


# --- Fp12: six coefficients in Fp2 of powers of w, w^6 = 1 + u


def times_xi(x):
    return ((x[0] - x[1]) % P, (x[0] + x[1]) % P)


def mul12(x, y):
    sums = [(0, 0)] * 11
    for i, a in enumerate(x):
        if a == (0, 0):
            continue
        for j, b in enumerate(y):
            if b != (0, 0):
                sums[i + j] = add2(sums[i + j], mul2(a, b))
    return [add2(sums[i], times_xi(sums[i + 6])) if i < 5 else sums[i] for i in range(6)]


def pow12(x, exponent):
    result = [(1, 0)] + [(0, 0)] * 5
    for bit in bin(exponent)[2:]:
        result = mul12(result, result)
        if bit == "1":
            result = mul12(result, x)
    return result


def conjugate(x):
    """x^(P^6): w goes to -w."""
    return [c if i % 2 == 0 else (-c[0] % P, -c[1] % P) for i, c in enumerate(x)]


def frobenius2(x):
    """x^(P^2): Fp2 stays, w goes to w times a sixth root of unity."""
    root = pow2((1, 1), (P * P - 1) // 6)
    factor, result = (1, 0), []
    for c in x:
        result.append(mul2(c, factor))
        factor = mul2(factor, root)
    return result


def miller(point, twisted):
    """The Miller loop of a point of G1 and one of G2, up to factors that the final power removes."""
    x, y = point
    value = [(1, 0)] + [(0, 0)] * 5
    current = twisted

    def line(slope, at):
        constant = sub2(mul2(slope, at[0]), at[1])
        return [constant, (0, 0), scale2(slope, -x), (y, 0), (0, 0), (0, 0)]

    for bit in bin(X)[3:]:
        slope, following = line_and_sum(current, current)
        value = mul12(mul12(value, value), line(slope, current))
        current = following
        if bit == "1":
            slope, following = line_and_sum(current, twisted)
            value = mul12(value, line(slope, current))
            current = following
    return conjugate(value)  # the parameter is negative


def product_is_one(pairs):
    """Whether the product of the pairings is 1: f^((P^12 - 1) / R) = 1, without an inversion."""
    value = [(1, 0)] + [(0, 0)] * 5
    for point, twisted in pairs:
        if point is None:
            return False
        value = mul12(value, miller(point, twisted))
    hard = (P**4 - P**2 + 1) // R
    sides = (conjugate(value), value)  # f^(P^6 - 1) = conjugate(f) / f
    left, right = (pow12(mul12(side, frobenius2(side)), hard) for side in sides)
    return left == right
