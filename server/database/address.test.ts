import { expect, test } from 'vitest';
import { withDatabaseName, withDefaultDatabase } from './address.ts';

test('another database on the same server', () => {
  expect(withDatabaseName('mongodb://a:1,b:2', 'test')).toBe('mongodb://a:1,b:2/test');
  expect(withDatabaseName('mongodb://a:1/harvest?replicaSet=rs', 'test')).toBe('mongodb://a:1/test?replicaSet=rs');
  expect(withDatabaseName('mongodb+srv://u:p@a/?w=majority', 'test')).toBe('mongodb+srv://u:p@a/test?w=majority');
});

test('a user of the old database still signs in there', () => {
  expect(withDatabaseName('mongodb://u:p@a:1/harvest', 'test')).toBe('mongodb://u:p@a:1/test?authSource=harvest');
  expect(withDatabaseName('mongodb://u:p@a:1/harvest?w=1', 'test')).toBe('mongodb://u:p@a:1/test?w=1&authSource=harvest');
  expect(withDatabaseName('mongodb://u:p@a:1/harvest?authSource=admin', 'test')).toBe('mongodb://u:p@a:1/test?authSource=admin');
});

test('an address without a database gets the default one, and no other is changed', () => {
  expect(withDefaultDatabase('mongodb://a:1', 'harvest')).toBe('mongodb://a:1/harvest');
  expect(withDefaultDatabase('mongodb://a:1/?replicaSet=rs', 'harvest')).toBe('mongodb://a:1/harvest?replicaSet=rs');
  expect(withDefaultDatabase('mongodb://a:1/mine?replicaSet=rs', 'harvest')).toBe('mongodb://a:1/mine?replicaSet=rs');
});
